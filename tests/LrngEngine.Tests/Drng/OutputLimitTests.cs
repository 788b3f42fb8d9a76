// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>DRG.4: at most 2^17 bits between two full seeds, also inside one request.</summary>
[TestFixture]
internal sealed class OutputLimitTests
{
    private const int Limit = 16 * 1024;

    private static readonly DrngManagerOptions s_options = new() { Strategy = new SeedingStrategy { OutputLimited = true } };

    [Test]
    public void Output_ends_at_the_limit_and_goes_on_after_a_full_seed()
    {
        using var release = new ManualResetEventSlim(initialState: true);
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(s_options, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        source.OnPull = release.Wait;
        release.Reset();
        int available = 0;
        fixture.Manager.OutputAvailable += () => Interlocked.Increment(ref available);

        byte[] output = new byte[3 * Limit];
        Assert.That(fixture.Manager.GenerateWithinLimit(output), Is.EqualTo(Limit));
        Assert.That(output.AsSpan(Limit).ContainsAnyExcept((byte)0), Is.False);
        Assert.That(fixture.Manager.GenerateWithinLimit(output), Is.Zero);
        Assert.That(fixture.Manager.HasOutput, Is.False);
        Assert.That(fixture.Manager.Operational, Is.True, "the seed is not lost");

        release.Set();
        ManagerFixture.Eventually(() => fixture.Manager.HasOutput && available > 0, "reseeded");
        Assert.That(fixture.Manager.GenerateWithinLimit(output.AsSpan(0, 5000)), Is.EqualTo(5000));
        Assert.That(fixture.Manager.GetStatus().Nodes[0].OutputBytesLeft, Is.EqualTo(Limit - 5000));
    }

    [Test]
    public void A_reseed_is_made_when_three_quarters_are_given()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(s_options, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        _ = fixture.Manager.GenerateWithinLimit(new byte[Limit * 3 / 4]);
        fixture.Manager.SourcesChanged();
        Assert.That(fixture.Manager.GetStatus().Seedings, Is.EqualTo(1));

        _ = fixture.Manager.GenerateWithinLimit(new byte[1]);
        ManagerFixture.Eventually(() => fixture.Manager.GetStatus().Seedings == 2, "reseeded");
        Assert.That(fixture.Manager.GetStatus().Nodes[0].OutputBytesLeft, Is.EqualTo(Limit));
    }

    [Test]
    public void Less_than_a_full_seed_does_not_lift_it()
    {
        var source = new ScriptedSource("JitterRNG", 256) { PullsLeft = 1 };
        using var fixture = new ManagerFixture(s_options, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        Assert.That(fixture.Manager.GenerateWithinLimit(new byte[Limit]), Is.EqualTo(Limit));

        // A stock of 255 bits is not spent; the last bit makes it a seed.
        fixture.Auxiliary.Insert(new byte[32], 255);
        fixture.Clock.Advance(TimeSpan.FromSeconds(700));
        Assert.That(fixture.Manager.GenerateWithinLimit(new byte[1]), Is.Zero);
        Assert.That(fixture.Auxiliary.EntropyBits, Is.EqualTo(255));
        fixture.Auxiliary.Insert(new byte[1], 1);
        ManagerFixture.Eventually(() => fixture.Manager.HasOutput, "reseeded");
    }

    [Test]
    public void The_interface_that_never_waits_goes_on()
    {
        var source = new ScriptedSource("JitterRNG", 256) { PullsLeft = 1 };
        using var fixture = new ManagerFixture(s_options, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        Assert.That(fixture.Generate(3 * Limit).AsSpan(2 * Limit).ContainsAnyExcept((byte)0), Is.True);
        Assert.That(fixture.Manager.HasOutput, Is.False, "what it gave counts");
    }

    [Test]
    public void The_first_node_gives_what_it_has_left_when_another_has_nothing()
    {
        var topology = new ChosenNode(2) { Index = 1 };
        using var release = new ManualResetEventSlim(initialState: true);
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(topology, s_options, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "all nodes");
        source.OnPull = release.Wait;
        release.Reset();

        Assert.That(fixture.Manager.GenerateWithinLimit(new byte[3 * Limit]), Is.EqualTo(2 * Limit));
        release.Set();
    }

    [Test]
    public void Without_the_strategy_there_is_no_limit()
    {
        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 256));
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        Assert.That(fixture.Manager.GenerateWithinLimit(new byte[5 * Limit]), Is.EqualTo(5 * Limit));
        Assert.That(fixture.Manager.GetStatus().Nodes[0].OutputBytesLeft, Is.Null);
    }
}
