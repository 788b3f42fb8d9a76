// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>Several DRNG instances: order of seeding, who serves whom, ages, loss of the full seed (reference 3.4, 3.7, 3.9).</summary>
[TestFixture]
internal sealed class NodeTests
{
    [Test]
    public void The_first_node_is_seeded_first_and_alone_makes_the_generator_operational()
    {
        var source = new ScriptedSource("JitterRNG", 256) { PullsLeft = 1 };
        using var fixture = new ManagerFixture(new ChosenNode(3), null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => source.Pulls == 2, "the second node was tried");
        Assert.That(Seeded(fixture), Is.EqualTo(new[] { true, false, false }));
        Assert.That(fixture.Manager.Operational, Is.True);
        Assert.That(fixture.Manager.AllNodesSeeded, Is.False);

        source.PullsLeft = 1;
        fixture.Manager.SourcesChanged();
        ManagerFixture.Eventually(() => Seeded(fixture).SequenceEqual([true, true, false]), "then the second");
        source.PullsLeft = 1;
        fixture.Manager.SourcesChanged();
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "then the third");
        ManagerFixture.Eventually(() => fixture.Log.Lines.Contains("all 3 DRNG instances fully seeded"), "and it says so");
    }

    [Test]
    public void Requests_are_served_by_their_node_and_counted_there()
    {
        var topology = new ChosenNode(2);
        using var fixture = new ManagerFixture(topology, null, new ScriptedSource("JitterRNG", 256));
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "all are seeded");

        topology.Index = 1;
        _ = fixture.Generate(10_000);
        topology.Index = 0;
        _ = fixture.Generate(100);

        Assert.That(fixture.Manager.GetStatus().Nodes.Select(node => node.GeneratedBytes), Is.EqualTo(new[] { 100, 10_000 }));
    }

    [Test]
    public void A_node_that_is_not_fully_seeded_is_served_by_the_first()
    {
        var topology = new ChosenNode(2) { Index = 1 };
        var source = new ScriptedSource("JitterRNG", 256) { PullsLeft = 1 };
        using var fixture = new ManagerFixture(topology, null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => source.Pulls == 2, "the second node was tried");
        long before = fixture.Manager.GetStatus().Nodes[0].GeneratedBytes;
        _ = fixture.Generate(100);

        Assert.That(fixture.Manager.GetStatus().Nodes.Select(node => node.GeneratedBytes), Is.EqualTo(new[] { before + 100, 0 }));
    }

    [Test]
    public void A_node_that_loses_its_full_seed_is_served_by_the_first_until_it_is_seeded_again()
    {
        var topology = new ChosenNode(2) { Index = 1 };
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(topology, new DrngManagerOptions { MaximumWithoutFullReseed = 3 }, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "all are seeded");
        source.PullsLeft = 0;
        for (int i = 0; i < 6; i++)
        {
            _ = fixture.Generate(1);
        }

        Assert.That(fixture.Manager.GetStatus().Nodes.Select(node => node.GeneratedBytes), Is.EqualTo(new[] { 2, 4 }));
        Assert.That(fixture.Manager.Operational, Is.True, "that is the first node's matter");
        Assert.That(fixture.Log.Lines, Has.Some.StartWith("DRNG of node 1 is not fully seeded any more"));

        source.PullsLeft = int.MaxValue;
        fixture.Manager.SourcesChanged();
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "seeded again");
        _ = fixture.Generate(1);
        Assert.That(fixture.Manager.GetStatus().Nodes.Select(node => node.GeneratedBytes), Is.EqualTo(new[] { 2, 5 }));
    }

    [Test]
    public void The_generator_is_not_operational_while_the_first_node_has_lost_its_full_seed()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(new DrngManagerOptions { MaximumWithoutFullReseed = 1 }, source);
        var raised = new List<SeedLevel>();
        fixture.Manager.LevelRaised += raised.Add;
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        source.PullsLeft = 0;
        _ = fixture.Generate(1);
        Assert.That(fixture.Manager.Operational, Is.True);
        _ = fixture.Generate(1);

        Assert.That(fixture.Manager.Operational, Is.False);
        Assert.That(fixture.Manager.Level, Is.EqualTo(SeedLevel.MinimallySeeded));
        Assert.That(fixture.Log.Lines, Has.Some.EqualTo("LRNG set to non-operational"));
        Assert.That(fixture.Generate(10), Has.Some.Not.EqualTo(0), "the nonblocking interface goes on");

        source.PullsLeft = int.MaxValue;
        fixture.Manager.SourcesChanged();
        ManagerFixture.Eventually(() => fixture.Manager.Operational && raised.Count == 2, "waiting readers are told again");
        Assert.That(raised, Is.EqualTo(new[] { SeedLevel.FullySeeded, SeedLevel.FullySeeded }));
    }

    [Test]
    public void Ages_drift_apart_by_a_sixth_for_each_instance()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(new ChosenNode(3), null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "all are seeded");

        // 600, 700, 800 s after the first seeding, and so on after each.
        int[][] expected = [[2, 1, 1], [2, 2, 1], [2, 2, 2]];
        fixture.Clock.Advance(TimeSpan.FromSeconds(500));
        foreach (int[] seedings in expected)
        {
            fixture.Clock.Advance(TimeSpan.FromSeconds(101));
            fixture.Manager.SourcesChanged();
            ManagerFixture.Eventually(
                () => fixture.Manager.GetStatus().Nodes.Select(node => (int)node.Seedings).SequenceEqual(seedings),
                string.Join(',', seedings));
        }
    }

    [Test]
    public void A_requested_reseed_concerns_every_node()
    {
        using var fixture = new ManagerFixture(new ChosenNode(3), null, new ScriptedSource("JitterRNG", 256));
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "all are seeded");
        fixture.Manager.RequestReseed();
        ManagerFixture.Eventually(() => fixture.Manager.GetStatus().Nodes.All(node => node.Seedings == 2), "all are reseeded");
    }

    [Test]
    public void Nodes_give_different_bytes()
    {
        var topology = new ChosenNode(2);
        using var fixture = new ManagerFixture(topology, null, new ScriptedSource("JitterRNG", 256));
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "all are seeded");
        byte[] first = fixture.Generate(32);
        topology.Index = 1;
        Assert.That(fixture.Generate(32), Is.Not.EqualTo(first));
    }

    private static bool[] Seeded(ManagerFixture fixture) =>
        [.. fixture.Manager.GetStatus().Nodes.Select(node => node.FullySeeded)];
}
