// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Seeding;
using LrngEngine.Sources;
using LrngEngine.Tests.Drng;
using LrngEngine.Tests.Sources.Timer;

namespace LrngEngine.Tests.Generators;

/// <summary>Interrupts and scheduler as parts of a generator.</summary>
[TestFixture]
internal sealed class TimerSourceCompositionTests
{
    private static readonly TimerSourceOptions s_credited = new() { EventsPer256Bits = 256, PossibleCpus = 2 };
    private static readonly TimerSourceOptions s_uncredited = new() { PossibleCpus = 2 };

    [Test]
    public void They_come_first_in_lrngs_order()
    {
        using var generator = new LrngGenerator(
            GeneratorFixture.Options(new RecordedLog()) with { Interrupts = s_uncredited, Scheduler = s_uncredited });
        Assert.That(
            generator.Status.Sources.Select(source => source.Name),
            Is.EqualTo(new[] { "IRQ", "Scheduler", "JitterRNG", "CPU", "KernelRNG", "Auxiliary" }));
    }

    [Test]
    public void Interrupts_alone_seed_the_generator()
    {
        using var fixture = new GeneratorFixture(options => options with { Interrupts = s_credited });
        var stream = new TimerStream();
        fixture.Generator.Start();
        fixture.Generator.Interrupts!.Record(0, stream.Good(1023));
        Assert.That(fixture.Generator.Status.Operational, Is.False);
        fixture.Generator.Interrupts.Record(1, stream.Good(300));
        fixture.Generator.GetRandomBytesFull(new byte[32]);
        Assert.That(fixture.Generator.Status.Sources[0].CreditedBits, Is.GreaterThanOrEqualTo(256));
    }

    [Test]
    public void The_first_seeding_does_not_wait_for_events()
    {
        // The clock stands: a wait for the start-up test would not end.
        using var fixture = new GeneratorFixture(options => options with { Interrupts = s_credited });
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        Assert.That(fixture.Generator.Status.Sources[0].Status.State, Is.EqualTo(SourceState.Starting));
    }

    [Test]
    public void Events_without_credit_seed_nothing()
    {
        using var fixture = new GeneratorFixture(options => options with { Interrupts = s_uncredited, Scheduler = s_uncredited });
        fixture.Generator.Start();
        fixture.Generator.Interrupts!.Record(0, new TimerStream().Good(20_000));
        fixture.Generator.Scheduler!.Record(0, new TimerStream().Good(20_000));
        GeneratorFixture.Eventually(
            () => fixture.Log.Lines.Any(line => line.StartsWith("not seeded yet", StringComparison.Ordinal)), "a seeding was tried");
        Assert.That(fixture.Generator.Status.Level, Is.EqualTo(SeedLevel.Unseeded));
    }

    [Test]
    public void Both_at_once_are_not_credited()
    {
        LrngGeneratorOptions options = GeneratorFixture.Options(new RecordedLog()) with { Interrupts = s_credited, Scheduler = s_credited };
        Assert.That(
            () => new LrngGenerator(options).Dispose(),
            Throws.ArgumentException.With.Message.StartWith(
                "Interrupts.EventsPer256Bits = 256, Scheduler.EventsPer256Bits = 256: one of the two at most may be credited"));
    }

    [Test]
    public void The_kernels_generator_is_not_credited_beside_interrupts()
    {
        LrngGeneratorOptions options = GeneratorFixture.Options(new RecordedLog()) with { Interrupts = s_credited };
        using (var generator = new LrngGenerator(options))
        {
            SourceStatus kernel = generator.Status.Sources.Single(source => source.Name == "KernelRNG").Status;
            Assert.That((kernel.Credit, kernel.Reason), Is.EqualTo((0, "interrupts are credited, and the kernel's generator rests on them too")));
        }

        Assert.That(
            () => new LrngGenerator(options with { KernelCredit = new SourceCredit(1, "test") }).Dispose(),
            Throws.ArgumentException.With.Message.StartWith("KernelCredit = 1: must be 0 beside credited interrupts"));
        using var beside = new LrngGenerator(options with { Interrupts = null, Scheduler = s_credited });
        Assert.That(beside.Status.Sources.Single(source => source.Name == "KernelRNG").Status.Credit, Is.EqualTo(128));
    }

    [Test]
    public void Settings_out_of_range_are_refused()
    {
        LrngGeneratorOptions options = GeneratorFixture.Options(new RecordedLog());
        Assert.That(
            () => new LrngGenerator(options with { Interrupts = s_uncredited with { EventsPer256Bits = 255 } }).Dispose(),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contain("EventsPer256Bits = 255: accepted is 256..4294967295 events"));
        Assert.That(
            () => new LrngGenerator(options with { Scheduler = s_uncredited with { Slots = 33 } }).Dispose(),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contain("Slots = 33: accepted is a power of two within 32..8192"));
    }

    [TestCase(31, "intermittent failure: ")]
    [TestCase(61, "permanent failure: ")]
    public void A_failed_health_test_takes_back_what_rests_on_the_source(int repetitions, string reason)
    {
        using var fixture = new GeneratorFixture(options => options with { Interrupts = s_credited });
        var stream = new TimerStream();
        fixture.Generator.Start();
        fixture.Generator.Interrupts!.Record(0, stream.Good(1400));
        fixture.Generator.GetRandomBytesFull(new byte[32]);

        fixture.Generator.Interrupts.Record(0, stream.Regular(repetitions));
        Assert.That(fixture.Generator.Status.Operational, Is.False);
        Assert.That(fixture.Generator.Status.Sources[0].Status.Reason, Does.StartWith(reason));
        Assert.That(fixture.Log.Lines, Has.Some.StartsWith("reset LRNG: IRQ: repetition count test at "));

        // The others seed it afresh; what came before the worker saw the reset was given up with the rest.
        GeneratorFixture.Eventually(
            () =>
            {
                fixture.Feed(256);
                return fixture.Generator.Status.Operational;
            },
            "seeded by another source");
    }

    [Test]
    public void A_permanent_failure_stops_the_generator_where_that_is_the_policy([Values] bool intermittentOnly)
    {
        using var fixture = new GeneratorFixture(
            options => options with { Interrupts = s_credited, OnPermanentFailure = PermanentFailurePolicy.Stop });
        var stream = new TimerStream();
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Generator.Interrupts!.Record(0, stream.Good(1024));
        fixture.Generator.Interrupts.Record(0, stream.Regular(intermittentOnly ? 60 : 61));
        if (intermittentOnly)
        {
            Assert.That(() => fixture.Generator.GetRandomBytes(new byte[1]), Throws.Nothing);
            return;
        }

        GeneratorFailedException error = Assert.Throws<GeneratorFailedException>(() => fixture.Generator.GetRandomBytes(new byte[1]));
        Assert.That(error.Message, Is.EqualTo(
            "the generator is in the error state: permanent failure of a health test: IRQ: "
            + "repetition count test at 61, cut-off 61, on CPU 0"));
    }

    [Test]
    public void A_failed_health_test_of_a_source_without_credit_takes_nothing_away()
    {
        using var fixture = new GeneratorFixture(options => options with { Interrupts = s_uncredited });
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Generator.Interrupts!.Record(0, new TimerStream().Standing(2000));
        Assert.That(fixture.Generator.Status.Sources[0].Status.State, Is.EqualTo(SourceState.Failed));
        Assert.That(fixture.Generator.Status.Operational, Is.True);
    }

    [Test]
    public void Oversampling_of_sp800_90c_reaches_them()
    {
        // 64 bits more for a conditioned source.
        using var fixture = new GeneratorFixture(options => options with { Interrupts = s_credited, Sp80090C = true });
        TimerSource interrupts = fixture.Generator.Interrupts!;
        var stream = new TimerStream();
        interrupts.Record(0, stream.Good(1024));
        while (interrupts.GetEntropy(new byte[48], 384) > 0)
        {
        }

        interrupts.Record(0, stream.Good(200));
        Assert.That(interrupts.GetEntropy(new byte[48], 384), Is.EqualTo(200 - 64));
    }
}
