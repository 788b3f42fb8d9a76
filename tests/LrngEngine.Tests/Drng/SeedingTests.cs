// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;
using LrngEngine.Sources;

namespace LrngEngine.Tests.Drng;

/// <summary>Seed levels, forced seeding and reseeding (reference 3.3 to 3.6, 4.4, 4.5).</summary>
[TestFixture]
internal sealed class SeedingTests
{
    [Test]
    public void A_source_of_256_bits_seeds_fully_with_one_pull()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);

        Assert.That(source.Pulls, Is.EqualTo(1));
        Assert.That(fixture.Manager.Operational, Is.True);
        Assert.That(fixture.Log.Lines, Is.SupersetOf(
            new[] { "LRNG fully operational", "LRNG fully seeded with 256 bits of entropy" }));
    }

    [Test]
    public void Weak_sources_are_pulled_until_256_bits_are_there()
    {
        var source = new ScriptedSource("JitterRNG", 24);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);

        // 10 pulls give 240 bits, 11 give 264.
        Assert.That(source.Pulls, Is.EqualTo(11));
    }

    // LRNG's force_seeding = 0: a source of 24 bits never gives a full seed, whatever it could give in all.
    [Test]
    public void Without_forced_seeding_one_pull_makes_a_full_seed_or_none_does()
    {
        var weak = new ScriptedSource("JitterRNG", 24);
        using var fixture = new ManagerFixture(new DrngManagerOptions { ForceSeeding = false }, weak);
        fixture.Manager.Start();
        ManagerFixture.Eventually(() => fixture.Log.Lines.Any(line => line.StartsWith("not seeded yet", StringComparison.Ordinal)), "it complains");
        Assert.That(weak.Pulls, Is.EqualTo(1));
        weak.BitsPerPull = 256;
        weak.Announce();
        ManagerFixture.Eventually(() => fixture.Manager.Operational, "one pull is enough");
        Assert.That(weak.Pulls, Is.EqualTo(2));
    }

    [TestCase(31, SeedLevel.Unseeded)]
    [TestCase(32, SeedLevel.InitiallySeeded)]
    [TestCase(127, SeedLevel.InitiallySeeded)]
    [TestCase(128, SeedLevel.MinimallySeeded)]
    [TestCase(255, SeedLevel.MinimallySeeded)]
    [TestCase(256, SeedLevel.FullySeeded)]
    public void The_level_is_what_one_seeding_collected(int bits, SeedLevel expected)
    {
        var source = new ScriptedSource("JitterRNG", bits) { PullsLeft = 1 };
        using var fixture = new ManagerFixture(null, source);
        fixture.Manager.Start();
        ManagerFixture.Eventually(() => source.Pulls >= (bits >= 256 ? 1 : 2), "the seeding ended");
        ManagerFixture.Eventually(() => fixture.Manager.Level == expected, $"level {fixture.Manager.Level}");

        Assert.That(fixture.Manager.Operational, Is.EqualTo(bits >= 256));
    }

    [Test]
    public void Two_seedings_of_128_bits_make_no_full_seed()
    {
        // The DRNG may have given output in between, so their bits must not be added up.
        var source = new ScriptedSource("JitterRNG", 128) { PullsLeft = 1 };
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.MinimallySeeded);
        int pulls = source.Pulls;
        source.PullsLeft = 1;
        source.Announce();
        ManagerFixture.Eventually(() => source.Pulls >= pulls + 2, "a second seeding ended");

        Assert.That(fixture.Manager.Level, Is.EqualTo(SeedLevel.MinimallySeeded));
    }

    [Test]
    public void Without_credit_it_stays_unseeded_says_what_is_missing_and_goes_on_when_entropy_arrives()
    {
        var source = new ScriptedSource("JitterRNG", 0);
        using var fixture = new ManagerFixture(null, source);
        fixture.Manager.Start();
        ManagerFixture.Eventually(() => fixture.Log.Lines.Any(line => line.StartsWith("not seeded yet", StringComparison.Ordinal)), "it complains");
        Assert.That(fixture.Manager.Operational, Is.False);
        Assert.That(fixture.Log.Lines[^1], Does.Contain("0 of 256 bits").And.Contains("JitterRNG 0 of 256 bits"));

        source.BitsPerPull = 256;
        source.Announce();
        ManagerFixture.Eventually(() => fixture.Manager.Operational, "operational");
    }

    [Test]
    public void An_attempt_that_failed_is_repeated_after_a_second()
    {
        var source = new ScriptedSource("JitterRNG", 0);
        using var fixture = new ManagerFixture(null, source);
        fixture.Manager.Start();
        ManagerFixture.Eventually(() => source.Pulls == 1, "first attempt");
        source.BitsPerPull = 256;
        ManagerFixture.Eventually(
            () =>
            {
                fixture.Clock.Advance(TimeSpan.FromSeconds(1));
                return fixture.Manager.Operational;
            },
            "operational");
    }

    [Test]
    public void Levels_are_raised_once_each_and_in_order()
    {
        var source = new ScriptedSource("JitterRNG", 128) { PullsLeft = 1 };
        using var fixture = new ManagerFixture(null, source);
        var raised = new List<SeedLevel>();
        fixture.Manager.LevelRaised += raised.Add;
        fixture.StartAndAwait(SeedLevel.MinimallySeeded);
        source.BitsPerPull = 256;
        source.PullsLeft = 10;
        source.Announce();
        ManagerFixture.Eventually(() => fixture.Manager.Operational && raised.Count == 2, "operational");

        Assert.That(raised, Is.EqualTo(new[] { SeedLevel.MinimallySeeded, SeedLevel.FullySeeded }));
    }

    [Test]
    public void The_first_seeding_waits_for_a_source_that_tests_itself()
    {
        var slow = new ScriptedSource("JitterRNG", 256) { State = SourceState.Starting };
        var quick = new ScriptedSource("KernelRNG", 256);
        using var fixture = new ManagerFixture(null, slow, quick);
        fixture.Manager.Start();
        slow.Announce();
        Assert.That(quick.Pulls, Is.Zero);

        slow.State = SourceState.Running;
        slow.Announce();
        ManagerFixture.Eventually(() => fixture.Manager.Operational, "operational");
        Assert.That(slow.Pulls, Is.EqualTo(1));
    }

    [Test]
    public void A_source_that_throws_costs_no_other_source_its_bits()
    {
        var broken = new ScriptedSource("JitterRNG", 256) { OnPull = () => throw new InvalidOperationException("broken") };
        var sound = new ScriptedSource("KernelRNG", 128);
        using var fixture = new ManagerFixture(null, broken, sound);
        fixture.StartAndAwait(SeedLevel.FullySeeded);

        Assert.That(sound.Pulls, Is.EqualTo(2));
        Assert.That(fixture.Log.Lines, Has.Some.Contains("JitterRNG failed while it was read"));
        Assert.That(fixture.Manager.GetStatus().Sources.Select(source => source.CreditedBits), Is.EqualTo(new[] { 0, 256, 0 }));
    }

    [Test]
    public void A_source_that_hangs_does_not_hold_up_the_nonblocking_interface()
    {
        using var release = new ManualResetEventSlim();
        var hanging = new ScriptedSource("JitterRNG", 256) { OnPull = release.Wait };
        using var fixture = new ManagerFixture(null, hanging);
        fixture.Manager.Start();
        ManagerFixture.Eventually(() => hanging.Pulls == 1, "the pull began");

        Assert.That(fixture.Generate(100), Has.Some.Not.EqualTo(0));
        release.Set();
        ManagerFixture.Eventually(() => fixture.Manager.Operational, "operational");
    }

    [Test]
    public void A_reseed_is_due_after_the_threshold_and_readers_go_on_meanwhile()
    {
        using var release = new ManualResetEventSlim(initialState: true);
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(new DrngManagerOptions { ReseedThreshold = 4 }, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        source.OnPull = release.Wait;
        release.Reset();

        // Three pieces leave one request; the fourth makes the reseed due.
        _ = fixture.Generate(3 * DrngInstance.MaximumChunkBytes);
        Assert.That(source.Pulls, Is.EqualTo(1));
        _ = fixture.Generate(1);
        ManagerFixture.Eventually(() => source.Pulls == 2, "the reseed began");
        _ = fixture.Generate(100 * DrngInstance.MaximumChunkBytes);
        Assert.That(fixture.Manager.GetStatus().Seedings, Is.EqualTo(1));

        release.Set();
        ManagerFixture.Eventually(() => fixture.Manager.GetStatus().Seedings == 2, "reseeded");
        Assert.That(fixture.Manager.GetStatus().Nodes[0].RequestsUntilReseed, Is.EqualTo(4));
    }

    [Test]
    public void A_seed_is_replaced_at_the_age_of_600_seconds()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Clock.Advance(TimeSpan.FromSeconds(599));
        fixture.Manager.SourcesChanged();
        Assert.That(source.Pulls, Is.EqualTo(1));
        Assert.That(fixture.Manager.GetStatus().Nodes[0].SinceSeeding, Is.EqualTo(TimeSpan.FromSeconds(599)));

        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        ManagerFixture.Eventually(() => fixture.Manager.GetStatus().Seedings == 2, "reseeded");
    }

    [Test]
    public void A_requested_reseed_changes_the_output()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Manager.RequestReseed();
        ManagerFixture.Eventually(() => fixture.Manager.GetStatus().Seedings == 2, "reseeded");

        Assert.That(source.Pulls, Is.EqualTo(2));
    }

    [Test]
    public void A_reseed_with_less_than_128_bits_available_spends_no_source()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        source.BitsPerPull = 127;
        _ = fixture.Generate(1);
        fixture.Manager.RequestReseed();
        ManagerFixture.Eventually(() => fixture.Manager.GetStatus().Nodes[0].RequestsUntilReseed == 1 << 20, "reseeded");

        Assert.That(source.Pulls, Is.EqualTo(1));
        Assert.That(fixture.Manager.GetStatus().Seedings, Is.EqualTo(1), "it earned nothing");
        Assert.That(fixture.Manager.Operational, Is.True, "a seed never takes the full seed away");
    }

    [Test]
    public void A_source_is_mentioned_once_and_again_when_it_changes()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        for (int reseed = 2; reseed <= 4; reseed++)
        {
            source.BitsPerPull = reseed == 4 ? 128 : 256;
            fixture.Manager.RequestReseed();
            ManagerFixture.Eventually(() => fixture.Manager.GetStatus().Seedings == reseed, "reseeded");
        }

        fixture.Manager.Dispose();
        Assert.That(
            fixture.Log.Lines.Where(line => line.StartsWith("entropy source JitterRNG", StringComparison.Ordinal)),
            Is.EqualTo(new[]
            {
                "entropy source JitterRNG: Running, credited 256 of 256 bits: scripted",
                "entropy source JitterRNG: Running, credited 128 of 256 bits: scripted",
            }));
    }

    [Test]
    public void Unseeded_managers_give_different_bytes()
    {
        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 0));
        byte[] first = fixture.Generate(32);
        Assert.That(fixture.Generate(32), Is.Not.EqualTo(first));
        Assert.That(Convert.ToHexStringLower(first), Does.Not.StartWith("76b8e0ad"), "the zero state of reference 8.2");
    }
}
