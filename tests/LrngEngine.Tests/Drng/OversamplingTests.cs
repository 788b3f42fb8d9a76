// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>The amounts of SP 800-90C (reference 1, 3.6, 4.3, 4.6, 15.3).</summary>
[TestFixture]
internal sealed class OversamplingTests
{
    private static readonly SeedingStrategy s_strategy = new() { Oversampling = true };
    private static readonly DrngManagerOptions s_options = new() { Strategy = s_strategy };

    [Test]
    public void Amounts()
    {
        Assert.Multiple(() =>
        {
            Assert.That(s_strategy.Instantiation(wasFullySeeded: false), Is.EqualTo(new SeedGoal(384, 384, 0)));
            Assert.That(s_strategy.Instantiation(wasFullySeeded: true), Is.EqualTo(new SeedGoal(384, 384, 0)));
            Assert.That(SeedingStrategy.Reseed, Is.EqualTo(new SeedGoal(256, 256, 0)));
            Assert.That(s_strategy.PredictionResistance(instantiated: false), Is.EqualTo(new SeedGoal(384, 384, 0)));
            Assert.That(s_strategy.PredictionResistance(instantiated: true), Is.EqualTo(new SeedGoal(320, 320, 0)));
            Assert.That((s_strategy.OversamplingBits, s_strategy.MinimumReseedBits), Is.EqualTo((64, 256)));
            Assert.That(SeedingStrategy.LeastOversamplingDigestBits, Is.EqualTo(384));
        });
    }

    [Test]
    public void Default_amounts()
    {
        SeedingStrategy plain = SeedingStrategy.Default;
        Assert.Multiple(() =>
        {
            Assert.That(plain.Instantiation(wasFullySeeded: false), Is.EqualTo(new SeedGoal(256, 256, 0)));
            Assert.That(plain.PredictionResistance(instantiated: true), Is.EqualTo(new SeedGoal(256, 256, 0)));
            Assert.That((plain.OversamplingBits, plain.MinimumReseedBits), Is.EqualTo((0, 128)));
        });
    }

    [TestCase(383, 2)]
    [TestCase(384, 1)]
    public void The_first_seed_takes_384_bits(int bits, int pulls)
    {
        var source = new ScriptedSource("JitterRNG", bits);
        using var fixture = new ManagerFixture(s_options, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);

        Assert.That(source.Pulls, Is.EqualTo(pulls));
        Assert.That(source.LastRequest, Is.EqualTo(384));
    }

    [Test]
    public void It_combines_with_two_sources_of_240_bits()
    {
        var strong = new ScriptedSource("JitterRNG", 384);
        var weak = new ScriptedSource("CPU", 60);
        var options = new DrngManagerOptions { Strategy = s_strategy with { BitsFromTwoSources = SeedingStrategy.Ntg1Bits } };
        using var fixture = new ManagerFixture(options, strong, weak);
        fixture.StartAndAwait(SeedLevel.FullySeeded);

        Assert.That(weak.Pulls, Is.EqualTo(4));
        Assert.That(weak.LastRequest, Is.EqualTo(384));
    }

    [Test]
    public void A_reseed_takes_256_bits_in_one_pull_if_the_source_has_them()
    {
        var source = new ScriptedSource("JitterRNG", 384);
        using var fixture = new ManagerFixture(s_options, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        source.BitsPerPull = 256;
        fixture.Manager.RequestReseed();
        fixture.AwaitSeedings(2);

        Assert.That((source.Pulls, source.LastRequest), Is.EqualTo((2, 256)));
    }

    [Test]
    public void A_reseed_from_weaker_sources_makes_a_new_drng_with_384_bits()
    {
        var source = new ScriptedSource("JitterRNG", 384);
        using var fixture = new ManagerFixture(s_options, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        source.BitsPerPull = 130;
        fixture.Manager.RequestReseed();
        fixture.AwaitSeedings(2);

        Assert.That((source.Pulls, source.LastRequest), Is.EqualTo((4, 384)));
    }

    [Test]
    public void Prediction_resistant_output_has_64_bits_more_behind_it()
    {
        var source = new ScriptedSource("JitterRNG", 384);
        using var fixture = new ManagerFixture(s_options, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);

        // Its DRNG is instantiated by the first pull.
        Assert.That(fixture.Manager.PullPredictionResistant(new byte[32]), Is.EqualTo(32));
        Assert.That((source.Pulls, source.LastRequest), Is.EqualTo((2, 384)));

        source.BitsPerPull = 319;
        Assert.That(fixture.Manager.PullPredictionResistant(new byte[32]), Is.EqualTo(32));
        Assert.That((source.Pulls, source.LastRequest), Is.EqualTo((4, 320)), "319 bits do not pay for 32 bytes, two pulls do");
    }

    [Test]
    public void A_stock_that_does_not_pay_for_full_entropy_is_left_alone()
    {
        var source = new ScriptedSource("JitterRNG", 384);
        using var fixture = new ManagerFixture(s_options, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        _ = fixture.Manager.PullPredictionResistant(new byte[32]);
        source.PullsLeft = 0;

        // The pool is charged 64 bits more than it is credited for.
        fixture.Auxiliary.Insert(new byte[64], 320 + 63);
        Assert.That(fixture.Manager.PullPredictionResistant(new byte[32]), Is.Zero);
        Assert.That(fixture.Auxiliary.EntropyBits, Is.EqualTo(383));
        fixture.Auxiliary.Insert(new byte[1], 1);
        Assert.That(fixture.Manager.PullPredictionResistant(new byte[32]), Is.EqualTo(32));
        Assert.That(fixture.Auxiliary.EntropyBits, Is.Zero);
    }

    [Test]
    public void Nobody_is_released_at_128_bits()
    {
        var source = new ScriptedSource("JitterRNG", 200) { PullsLeft = 1 };
        using var strict = new ManagerFixture(s_options, source);
        strict.StartAndAwait(SeedLevel.MinimallySeeded);
        Assert.That(strict.Manager.MinimallySeeded, Is.False);

        using var plain = new ManagerFixture(null, new ScriptedSource("JitterRNG", 200) { PullsLeft = 1 });
        plain.StartAndAwait(SeedLevel.MinimallySeeded);
        Assert.That(plain.Manager.MinimallySeeded, Is.True);
    }
}
