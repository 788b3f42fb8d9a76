// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>AIS 20/31 NTG.1: two sources of 240 bits each for the first full seed (reference 4.4, 4.6; LRNG's tests 01 and 14).</summary>
[TestFixture]
internal sealed class Ntg1Tests
{
    private static readonly DrngManagerOptions s_options =
        new() { Strategy = new SeedingStrategy { BitsFromTwoSources = SeedingStrategy.Ntg1Bits } };

    [TestCase(false, new[] { 255 }, ExpectedResult = false)]
    [TestCase(false, new[] { 512, 0 }, ExpectedResult = false)]
    [TestCase(false, new[] { 240, 239 }, ExpectedResult = false)]
    [TestCase(false, new[] { 240, 0, 240 }, ExpectedResult = true)]
    [TestCase(true, new[] { 256, 0 }, ExpectedResult = true)]
    [TestCase(true, new[] { 240, 15 }, ExpectedResult = false)]
    public bool Rule(bool wasFullySeeded, int[] sources) => s_options.Strategy.Instantiation(wasFullySeeded).IsReached(sources);

    [Test]
    public void Two_sources_of_240_bits_seed_without_repetition()
    {
        var first = new ScriptedSource("JitterRNG", 240);
        var second = new ScriptedSource("CPU", 240);
        using var fixture = new ManagerFixture(s_options, first, second);
        fixture.StartAndAwait(SeedLevel.FullySeeded);

        Assert.That((first.Pulls, second.Pulls), Is.EqualTo((1, 1)));
        Assert.That(fixture.Log.Lines, Has.Some.EqualTo("LRNG fully seeded with 480 bits of entropy"));
        Assert.That(fixture.Manager.GetLrngType(), Does.Contain("\nStandards compliance: NTG.1 (2011 / 2024)\n"));
    }

    [Test]
    public void Weak_sources_are_pulled_until_both_have_given_240_bits()
    {
        var strong = new ScriptedSource("JitterRNG", 256);
        var weak = new ScriptedSource("CPU", 16);
        using var fixture = new ManagerFixture(s_options, strong, weak);
        fixture.StartAndAwait(SeedLevel.FullySeeded);

        Assert.That(weak.Pulls, Is.EqualTo(15));
    }

    [Test]
    public void One_source_alone_never_seeds_fully_and_is_not_drained_for_nothing()
    {
        var only = new ScriptedSource("JitterRNG", 256);
        var none = new ScriptedSource("CPU", 0);
        using var fixture = new ManagerFixture(s_options, only, none);
        fixture.StartAndAwait(SeedLevel.MinimallySeeded);

        Assert.That(only.Pulls, Is.EqualTo(1));
        Assert.That(fixture.Manager.Operational, Is.False);
        ManagerFixture.Eventually(
            () => fixture.Log.Lines.Any(line => line.Contains("bits collected, and two sources must each give 240; ", StringComparison.Ordinal)), "it complains");
    }

    [Test]
    public void A_reseed_of_a_full_drng_is_full_with_256_bits_from_any_source()
    {
        var first = new ScriptedSource("JitterRNG", 256);
        var second = new ScriptedSource("CPU", 240);
        DrngManagerOptions options = s_options with { MaximumWithoutFullReseed = 2 };
        using var fixture = new ManagerFixture(options, first, second);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        second.BitsPerPull = 0;
        _ = fixture.Generate(1);
        fixture.Manager.RequestReseed();
        ManagerFixture.Eventually(() => fixture.Manager.GetStatus().Seedings == 2, "reseeded");
        _ = fixture.Generate(1);
        _ = fixture.Generate(1);

        Assert.That(fixture.Manager.Operational, Is.True, "the count began anew");
    }

    [Test]
    public void Prediction_resistance_is_paid_for_by_bits_of_any_source()
    {
        var first = new ScriptedSource("JitterRNG", 256);
        var second = new ScriptedSource("CPU", 240);
        using var fixture = new ManagerFixture(s_options, first, second);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        second.BitsPerPull = 0;
        Assert.That(fixture.Manager.PullPredictionResistant(new byte[32]), Is.EqualTo(32));
    }
}
