// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>When feeders are asked for entropy (reference 7.6, 7.7), and the age of seeds as a setting.</summary>
[TestFixture]
internal sealed class EntropyDemandTests
{
    // LRNG's test 12: the maximum at first and after each switch, up or down; nothing beyond it.
    [TestCase(0)]
    [TestCase(64)]
    public void The_threshold_follows_the_hash(int oversampling)
    {
        using var fixture = new ManagerFixture(
            new DrngManagerOptions { Strategy = new SeedingStrategy { Oversampling = oversampling > 0 } },
            new ScriptedSource("JitterRNG", 256));
        EntropyDemand demand = fixture.Manager.Demand;
        AssertMaximum(demand, 512 - oversampling);
        Assert.That(demand.TrySetThreshold(100), Is.True);
        Assert.That(demand.WriteWakeupThreshold, Is.EqualTo(100));

        fixture.Manager.SwitchHash(Named("sha256"));
        AssertMaximum(demand, 256 - oversampling);
        Assert.That(demand.TrySetThreshold(300), Is.False);
        Assert.That(demand.TrySetThreshold(0), Is.True);

        fixture.Manager.SwitchHash(Named("sha512"));
        AssertMaximum(demand, 512 - oversampling);
        Assert.That(demand.TrySetThreshold(300), Is.True);
    }

    [Test]
    public void Writers_are_woken_whenever_more_may_be_wanted()
    {
        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 256));
        EntropyDemand demand = fixture.Manager.Demand;
        int changes = 0;
        demand.Changed += () => changes++;
        fixture.Auxiliary.Insert(new byte[64], 512);
        Assert.That((demand.BelowThreshold, changes), Is.EqualTo((false, 0)));

        fixture.Auxiliary.EntropyBits = 511;
        Assert.That((demand.BelowThreshold, changes), Is.EqualTo((true, 1)));
        fixture.Auxiliary.EntropyBits = 511;
        fixture.Auxiliary.AddCredit(1);
        Assert.That((demand.BelowThreshold, changes), Is.EqualTo((false, 1)));
        fixture.Manager.SwitchHash(Named("sha256"));
        fixture.Manager.SwitchHash(Named("sha512"));
        Assert.That((demand.BelowThreshold, changes), Is.EqualTo((true, 3)));
    }

    [Test]
    public void Each_kind_of_seeding_invites_once()
    {
        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 64));
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        EntropyDemand demand = fixture.Manager.Demand;
        Assert.That(demand.Invitations, Is.EqualTo(1), "four pulls, one seeding");

        _ = fixture.Manager.PullPredictionResistant(new byte[32]);
        Assert.That(demand.Invitations, Is.EqualTo(2));
        _ = fixture.Manager.TryGetSeed(new byte[fixture.Manager.SeedBytes], fullySeeded: true);
        Assert.That(demand.Invitations, Is.EqualTo(3), "sources that have too little are what it is for");
        fixture.Manager.RequestReseed();
        ManagerFixture.Eventually(() => demand.Invitations == 4, "a reseed");
    }

    // Who writes when invited would be invited by that again, for ever.
    [Test]
    public void A_reseed_for_what_a_feeder_wrote_invites_nobody()
    {
        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 256));
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Manager.RequestReseed(byFeeder: true);
        fixture.AwaitSeedings(2);
        Assert.That(fixture.Manager.Demand.Invitations, Is.EqualTo(1));

        fixture.Clock.Advance(TimeSpan.FromSeconds(600));
        fixture.AwaitSeedings(3);
        ManagerFixture.Eventually(() => fixture.Manager.Demand.Invitations == 2, "one that was due in any case does");
    }

    [Test]
    public void The_age_of_a_seed_can_be_changed()
    {
        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 256));
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        Assert.That(fixture.Manager.TrySetMaximumReseedSeconds(-1), Is.False);
        Assert.That(fixture.Manager.MaximumReseedSeconds, Is.EqualTo(600));

        Assert.That(fixture.Manager.TrySetMaximumReseedSeconds(int.MaxValue), Is.True);
        fixture.Clock.Advance(TimeSpan.FromSeconds(600));
        Assert.That(fixture.Manager.GetStatus().Seedings, Is.EqualTo(1));
        Assert.That(fixture.Manager.TrySetMaximumReseedSeconds(600), Is.True);
        fixture.AwaitSeedings(2);
        Assert.That(fixture.Log.Count("seeding failed"), Is.Zero);
    }

    [Test]
    public void An_age_of_zero_does_not_reseed_without_a_pause()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        Assert.That(fixture.Manager.TrySetMaximumReseedSeconds(0), Is.True);
        fixture.Manager.RequestReseed();
        fixture.AwaitSeedings(2);
        for (int i = 0; i < 100; i++)
        {
            fixture.Manager.SourcesChanged();
        }

        Assert.That(source.Pulls, Is.EqualTo(2), "the clock stands");
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        fixture.AwaitSeedings(3);
    }

    private static void AssertMaximum(EntropyDemand demand, int bits)
    {
        Assert.That(demand.WriteWakeupThreshold, Is.EqualTo(bits));
        Assert.That(demand.TrySetThreshold(bits + 1), Is.False);
        Assert.That(demand.TrySetThreshold(-1), Is.False);
        Assert.That(demand.WriteWakeupThreshold, Is.EqualTo(bits));
    }

    private static ConditioningHashFactory Named(string name) => ConditioningHashes.All.Single(hash => hash.Name == name);
}
