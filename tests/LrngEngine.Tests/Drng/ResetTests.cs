// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>The full reset (reference 3.9): a health test failed, or the machine was copied.</summary>
[TestFixture]
internal sealed class ResetTests
{
    [Test]
    public void It_takes_every_seed_and_credit_away_and_seeding_begins_anew()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(new ChosenNode(2), null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "all nodes");
        fixture.Auxiliary.Insert(new byte[64], 300);
        using var release = new ManualResetEventSlim();
        source.OnPull = release.Wait;
        byte[] before = fixture.Generate(32);

        fixture.Manager.Reset("for the test");
        Assert.That(fixture.Manager.Operational, Is.False);
        Assert.That(fixture.Manager.Level, Is.EqualTo(SeedLevel.Unseeded));
        Assert.That(fixture.Log.Lines, Has.Some.EqualTo("reset LRNG: for the test"));
        Assert.That(fixture.Generate(32), Is.Not.EqualTo(before), "the state is kept");
        ManagerFixture.Eventually(() => source.Discards == 1 && fixture.Auxiliary.EntropyBits == 0, "the sources are emptied");

        release.Set();
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "seeded again");
        Assert.That(fixture.Manager.Level, Is.EqualTo(SeedLevel.FullySeeded));
        Assert.That(source.Discards, Is.EqualTo(1));
    }

    [Test]
    public void A_seeding_that_is_under_way_counts_nothing()
    {
        using var release = new ManualResetEventSlim();
        var source = new ScriptedSource("JitterRNG", 256) { OnPull = release.Wait, PullsLeft = 1 };
        using var fixture = new ManagerFixture(null, source);
        fixture.Manager.Start();
        ManagerFixture.Eventually(() => source.Pulls == 1, "the pull began");
        fixture.Manager.Reset("for the test");
        release.Set();
        ManagerFixture.Eventually(() => source.PullsLeft == 0, "the pull ended");
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(fixture.Manager.Operational, Is.False);
        Assert.That(fixture.Manager.Level, Is.EqualTo(SeedLevel.Unseeded));

        source.PullsLeft = 1;
        source.Announce();
        ManagerFixture.Eventually(() => fixture.Manager.Level == SeedLevel.FullySeeded, "a pull after it counts");
    }

    [Test]
    public void A_prediction_resistant_pull_that_is_under_way_gives_nothing()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        source.OnPull = () =>
        {
            source.OnPull = () => { };
            fixture.Manager.Reset("for the test");
        };

        Assert.That(fixture.Manager.PullPredictionResistant(new byte[32]), Is.Zero);
    }
}
