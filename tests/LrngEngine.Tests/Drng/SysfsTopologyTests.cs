// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using LrngEngine.Drng;
using Microsoft.Extensions.Time.Testing;

namespace LrngEngine.Tests.Drng;

/// <summary>Instances and CPUs from a made-up sysfs.</summary>
[TestFixture]
internal sealed class SysfsTopologyTests
{
    private readonly FakeTimeProvider _clock = new();
    private string _directory = "";
    private int _cpu;

    [SetUp]
    public void SetUp()
    {
        _directory = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"nodes-{TestContext.CurrentContext.Test.ID}");
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }

        Directory.CreateDirectory(_directory);
    }

    [TestCase("", new int[0])]
    [TestCase("\n", new int[0])]
    [TestCase("0\n", new[] { 0 })]
    [TestCase("0-3\n", new[] { 0, 1, 2, 3 })]
    [TestCase("0-1,8,10-11\n", new[] { 0, 1, 8, 10, 11 })]
    public void Lists_of_the_kernel(string text, int[] numbers) => Assert.That(SysfsTopology.ParseList(text), Is.EqualTo(numbers));

    [Test]
    public void Requests_go_to_the_node_of_their_cpu()
    {
        Write((0, "0-1"), (1, "2-3"));
        SysfsTopology topology = ForNodes();
        Assert.That(topology.Nodes, Is.EqualTo(new[] { 0, 1 }));
        Assert.That(IndexOf(topology, 0, 1, 2, 3), Is.EqualTo(new[] { 0, 0, 1, 1 }));
    }

    [Test]
    public void Nodes_need_not_be_numbered_in_a_row_and_those_without_cpus_are_left_out()
    {
        Write((0, ""), (2, "4,6"), (5, "5"));
        SysfsTopology topology = ForNodes();
        Assert.That(topology.Nodes, Is.EqualTo(new[] { 2, 5 }));
        Assert.That(IndexOf(topology, 4, 5, 6), Is.EqualTo(new[] { 0, 1, 0 }));
    }

    [Test]
    public void Without_sysfs_one_instance_serves_everybody()
    {
        SysfsTopology topology = ForNodes();
        Assert.That(topology.Nodes, Is.EqualTo(new[] { 0 }));
        Assert.That(IndexOf(topology, 0, 7, -1), Is.All.Zero);
    }

    [Test]
    public void With_one_instance_the_cpu_is_not_asked_for()
    {
        Write((0, "0-3"));
        SysfsTopology topology = SysfsTopology.ForNodes(_directory, () => throw new InvalidOperationException("asked"), _clock);
        Assert.That(topology.CurrentIndex, Is.Zero);
    }

    [Test]
    public void A_broken_list_is_as_good_as_none()
    {
        Write((0, "0-x"));
        Assert.That(ForNodes().Nodes, Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public void A_cpu_that_comes_later_is_served_by_the_first_instance_and_then_by_its_own()
    {
        Write((0, "0"), (1, "1"));
        SysfsTopology topology = ForNodes();
        Write((0, "0"), (1, "1-2"));
        Assert.That(IndexOf(topology, 2), Is.EqualTo(new[] { 0 }), "not looked for at every request");

        _clock.Advance(TimeSpan.FromSeconds(10));
        _ = IndexOf(topology, 2);
        Assert.That(IndexOf(topology, 2), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void A_node_that_comes_later_is_served_by_the_first_instance()
    {
        Write((0, "0"));
        SysfsTopology topology = ForNodes();
        Write((0, "0"), (1, "1"));
        _clock.Advance(TimeSpan.FromSeconds(10));
        _ = IndexOf(topology, 1);
        Assert.That(IndexOf(topology, 1), Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public void Each_cpu_may_have_an_instance()
    {
        Write((0, "0,2"), (1, "1"));
        SysfsTopology topology = SysfsTopology.ForCpus(_directory, () => _cpu, _clock);
        Assert.That(topology.Nodes, Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(IndexOf(topology, 0, 1, 2, 3), Is.EqualTo(new[] { 0, 1, 2, 0 }));
    }

    [Test]
    public void This_machine_has_at_least_one_node_and_this_thread_belongs_to_one()
    {
        foreach (SysfsTopology topology in new[] { SysfsTopology.ForNodes(TimeProvider.System), SysfsTopology.ForCpus(TimeProvider.System) })
        {
            Assert.That(topology.Nodes, Is.Not.Empty.And.Ordered);
            Assert.That(topology.CurrentIndex, Is.InRange(0, topology.Nodes.Count - 1));
        }
    }

    private SysfsTopology ForNodes() => SysfsTopology.ForNodes(_directory, () => _cpu, _clock);

    private int[] IndexOf(SysfsTopology topology, params int[] cpus) => [.. cpus.Select(cpu =>
    {
        _cpu = cpu;
        return topology.CurrentIndex;
    })];

    private void Write(params (int Node, string Cpus)[] nodes)
    {
        File.WriteAllText(Path.Combine(_directory, "online"), string.Join(',', nodes.Select(node => node.Node)) + "\n");
        foreach ((int node, string cpus) in nodes)
        {
            string directory = Path.Combine(_directory, "node" + node.ToString(CultureInfo.InvariantCulture));
            Directory.CreateDirectory(directory);
            File.WriteAllText(Path.Combine(directory, "cpulist"), cpus + "\n");
        }
    }
}
