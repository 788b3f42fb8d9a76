// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>A seed for somebody else's DRNG (reference 7.3).</summary>
[TestFixture]
internal sealed class SeedAccessTests
{
    [Test]
    public void It_tells_its_length_and_its_bits_and_comes_from_a_pull_of_its_own()
    {
        var source = new ScriptedSource("JitterRNG", 200);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        byte[] seed = new byte[500];
        Assert.That(fixture.Manager.TryGetSeed(seed, fullySeeded: false), Is.EqualTo(200));

        // Two sources: 2 slots of 48, a stamp, 2 counts; and two words before them.
        const int Total = 16 + (2 * (48 + 4)) + 4;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(seed);
        Assert.That(fixture.Manager.SeedBytes, Is.EqualTo(Total));
        Assert.That((words[0], words[1]), Is.EqualTo(((ulong)Total, 200ul)));
        Assert.That(seed.AsSpan(16, 32).ToArray(), Is.All.EqualTo((byte)source.Pulls), "the slot of this pull");
        Assert.That(seed.AsSpan(Total).ContainsAnyExcept((byte)0), Is.False);

        byte[] second = new byte[500];
        _ = fixture.Manager.TryGetSeed(second, fullySeeded: false);
        Assert.That(second.AsSpan(16, 32).ToArray(), Is.All.EqualTo((byte)source.Pulls));
    }

    [TestCase(false, 384)]
    [TestCase(true, 256)]
    public void The_amount_depends_on_the_state_of_the_callers_drng(bool fullySeeded, int request)
    {
        var source = new ScriptedSource("JitterRNG", 384);
        using var fixture = new ManagerFixture(new DrngManagerOptions { Strategy = new SeedingStrategy { Oversampling = true } }, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        Assert.That(fixture.Manager.TryGetSeed(new byte[500], fullySeeded), Is.EqualTo(request));
        Assert.That(source.LastRequest, Is.EqualTo(request));
    }

    [Test]
    public void Without_128_bits_no_source_is_spent()
    {
        var source = new ScriptedSource("JitterRNG", 256) { PullsLeft = 1 };
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Auxiliary.Insert(new byte[16], 127);
        int pulls = source.Pulls;

        Assert.That(fixture.Manager.TryGetSeed(new byte[500], fullySeeded: true), Is.Zero);
        Assert.That((fixture.Auxiliary.EntropyBits, source.Pulls), Is.EqualTo((127, pulls)));
        fixture.Auxiliary.Insert(new byte[1], 1);
        Assert.That(fixture.Manager.TryGetSeed(new byte[500], fullySeeded: true), Is.EqualTo(128));
        Assert.That(fixture.Auxiliary.EntropyBits, Is.Zero);
    }

    [Test]
    public void Nothing_is_given_until_every_node_is_seeded()
    {
        var source = new ScriptedSource("JitterRNG", 256) { PullsLeft = 1 };
        using var fixture = new ManagerFixture(new ChosenNode(2), null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        byte[] seed = new byte[500];
        Assert.That(fixture.Manager.TryGetSeed(seed, fullySeeded: true), Is.EqualTo(-1));
        Assert.That(seed, Is.All.Zero);

        source.PullsLeft = 10;
        source.Announce();
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "all nodes");
        Assert.That(fixture.Manager.TryGetSeed(seed, fullySeeded: true), Is.EqualTo(256));
    }

    [Test]
    public void Callers_get_their_turns_in_the_order_in_which_they_came()
    {
        const int Callers = 8;
        using var release = new ManualResetEventSlim(initialState: true);
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        source.OnPull = release.Wait;
        release.Reset();
        byte[] order = new byte[Callers];
        var threads = new List<Thread>();
        for (int i = 0; i < Callers; i++)
        {
            int caller = i;
            var thread = new Thread(() =>
            {
                byte[] seed = new byte[500];
                _ = fixture.Manager.TryGetSeed(seed, fullySeeded: true);
                order[caller] = seed[16];
            });
            thread.Start();
            threads.Add(thread);
            ManagerFixture.Eventually(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), "it waits for its turn");
        }

        release.Set();
        threads.ForEach(thread => thread.Join());
        Assert.That(order, Is.Ordered.And.Unique, "the source numbers its pulls");
    }
}
