// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using LrngCuse.Transports.Mount;

namespace LrngCuse.Tests.Transports;

/// <summary>Numbers and names in a mount with sub-directories.</summary>
[TestFixture]
internal sealed class MountIndexTests
{
    private static readonly TextFile s_poolSize = new("poolsize", () => "256\n");
    private static readonly MountDirectory s_sys = new("sys", s_poolSize, new MountDirectory("empty"));
    private static readonly DeviceFile s_random = new("random", DeviceNode.Random, default);
    private static readonly TextFile s_last = new("lrng_type", () => "");

    private readonly MountIndex _index = new(new MountDirectory("", s_random, s_sys, s_last));

    [Test]
    public void A_name_is_found_in_its_own_directory_only()
    {
        Assert.That(Find(MountIndex.Root, "sys", out ulong sys), Is.SameAs(s_sys));
        Assert.That(Find(sys, "poolsize", out ulong poolSize), Is.SameAs(s_poolSize));
        Assert.That(Find(MountIndex.Root, "poolsize", out _), Is.Null);
        Assert.That(Find(sys, "random", out _), Is.Null);
        Assert.That(Find(poolSize, "poolsize", out _), Is.Null);
        Assert.That(Find(MountIndex.Root, "", out _), Is.Null, "the root has no name");
        Assert.That(Find(MountIndex.Root, "lrng_typ", out _), Is.Null);
        Assert.That(Find(MountIndex.Root, "lrng_type", out _), Is.SameAs(s_last));
    }

    [Test]
    public void Every_number_names_one_node()
    {
        MountNode[] nodes = [.. Enumerable.Range(1, 6).Select(number => _index.TryGet((ulong)number, out MountNode? node) ? node : null!)];
        Assert.That(nodes, Is.Unique.And.No.Null);
        Assert.That(_index.TryGet(0, out _) || _index.TryGet(7, out _) || _index.TryGet(ulong.MaxValue, out _), Is.False);
    }

    [Test]
    public void A_listing_begins_with_the_directory_and_its_parent()
    {
        Assert.That(Names(MountIndex.Root), Is.EqualTo(new[] { ".", "..", "random", "sys", "lrng_type" }));
        _ = Find(MountIndex.Root, "sys", out ulong sys);
        Assert.That(Names(sys), Is.EqualTo(new[] { ".", "..", "poolsize", "empty" }));
        _ = Find(sys, "empty", out ulong empty);
        Assert.That(_index.List(empty).Select(entry => entry.Number), Is.EqualTo(new[] { empty, sys }));
        Assert.That(_index.List(sys)[1].Number, Is.EqualTo(MountIndex.Root));
        Assert.That(_index.List(MountIndex.Root)[1].Number, Is.EqualTo(MountIndex.Root));
    }

    [Test]
    public void What_had_a_number_keeps_it_and_what_is_gone_leaves_its_number_free()
    {
        var index = new MountIndex(new MountDirectory("", s_random, s_sys, s_last), "", "gone", "sys/poolsize", "sys", "random");

        Assert.That(index.Paths, Is.EqualTo(new[] { "", "gone", "sys/poolsize", "sys", "random", "sys/empty", "lrng_type" }));
        Assert.That(index.TryGet(2, out _), Is.False);
        Assert.That(index.TryGet(3, out MountNode? poolSize) ? poolSize : null, Is.SameAs(s_poolSize));
        Assert.That(index.TryFind(MountIndex.Root, "gone"u8, out _, out _), Is.False);
        Assert.That(index.TryFind(4, "poolsize"u8, out ulong number, out _) ? number : 0, Is.EqualTo(3));
        Assert.That(index.List(MountIndex.Root).Select(entry => (entry.Number, entry.Name)), Is.EqualTo(new[]
        {
            (1ul, "."), (1ul, ".."), (4ul, "sys"), (5ul, "random"), (7ul, "lrng_type"),
        }));
        Assert.That(index.List(4).Select(entry => entry.Number), Is.EqualTo(new ulong[] { 4, 1, 3, 6 }));
    }

    private MountNode? Find(ulong directory, string name, out ulong number) =>
        _index.TryFind(directory, System.Text.Encoding.ASCII.GetBytes(name), out number, out MountNode? node) ? node : null;

    private IEnumerable<string> Names(ulong directory) => _index.List(directory).Select(entry => entry.Name);
}
