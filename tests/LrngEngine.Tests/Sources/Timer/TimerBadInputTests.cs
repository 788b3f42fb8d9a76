// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;
using LrngEngine.Memory;
using LrngEngine.Sources;
using LrngEngine.Timing;

namespace LrngEngine.Tests.Sources.Timer;

/// <summary>Streams that are no noise: the right verdict, and never a bit of credit.</summary>
[TestFixture(true)]
[TestFixture(false)]
internal sealed class TimerBadInputTests(bool scheduler)
{
    private TimerFixture _fixture;

    [SetUp]
    public void Create() => _fixture = new TimerFixture(scheduler: scheduler);

    [TearDown]
    public void Dispose() => _fixture.Dispose();

    [TestCase(0UL)]
    [TestCase(1UL)]
    [TestCase(1_000_000UL)]
    [TestCase(ulong.MaxValue)]
    public void Equal_stamps_from_the_first_one_on_fail_for_good(ulong stamp)
    {
        for (int i = 0; i < 200; i++)
        {
            _fixture.Source.Record(0, [new TimerRecord(stamp)]);
            AssertNoCredit();
        }

        AssertFailedForGood();
    }

    [Test]
    public void A_clock_that_stops_costs_what_was_collected_before()
    {
        var stream = new TimerStream();
        _fixture.Source.Record(0, stream.Good(2000));
        Assert.That(_fixture.Source.AvailableEntropy(256), Is.EqualTo(256));
        _fixture.Source.Record(0, stream.Standing(31));
        AssertNoCredit();
        _fixture.Source.Record(0, stream.Standing(30));
        AssertFailedForGood();
    }

    [Test]
    public void A_clock_that_runs_backwards_fails_for_good()
    {
        TimerRecord[] events = new TimerStream().Good(2000);
        Array.Reverse(events);
        _fixture.Source.Record(0, events);
        AssertFailedForGood();
    }

    [Test]
    public void A_step_backwards_is_not_counted()
    {
        var stream = new TimerStream();
        _ = _fixture.Started(stream);
        TimerRecord[] events = stream.Good(60);

        // Each of the three comes later than the one before it, but for the first.
        ulong jump = 1UL << 40;
        _fixture.Source.Record(0, [.. events[..20].Select(record => record with { Stamp = record.Stamp + jump })]);
        string before = _fixture.Details;
        _fixture.Source.Record(0, events.AsSpan(20));
        Assert.That(before, Does.StartWith("events 20,"));
        Assert.That(_fixture.Details, Does.StartWith("events 59,"));
        Assert.That(_fixture.Failures, Is.Empty);
    }

    [TestCase(256_000UL)]
    [TestCase(4_000_000UL)]
    [TestCase(1UL << 32)]
    public void Stamps_of_a_clock_too_coarse_for_the_divisor_never_pass_the_start_up_test(ulong step)
    {
        var stream = new TimerStream(step);
        for (int i = 0; i < 50; i++)
        {
            _fixture.Source.Record(0, stream.Good(100));
            AssertNoCredit();
        }

        Assert.That(_fixture.Failures, Is.Not.Empty);
        Assert.That(_fixture.Source.Status.State, Is.Not.EqualTo(SourceState.Running));
    }

    [Test]
    public void A_clock_of_microseconds_needs_ten_times_the_events_and_says_so()
    {
        _fixture.Source.Record(0, new TimerStream(1000).Good(2000));
        Assert.That(_fixture.Source.Status.State, Is.EqualTo(SourceState.Running));

        // The 101 events before the divisor was known were counted under another assumption, and are gone.
        Assert.That(_fixture.Source.AvailableEntropy(256), Is.EqualTo(1899 * 256 / 2560));
        Assert.That(_fixture.Source.Status.Reason, Does.EndWith("; low-resolution clock: 10 times the events needed"));
        Assert.That(_fixture.Details, Does.Contain("2560 events for 256 bits, clock step 1000"));
        SourceHealth health = _fixture.Source.Status.Health!;
        Assert.That((health.RepetitionIntermittent, health.RepetitionPermanent), Is.EqualTo((301, 601)));
        Assert.That((health.ProportionIntermittent, health.ProportionPermanent), Is.EqualTo((507, 513)), "the permanent one is out of reach");
        Assert.That(_fixture.Source.TypeLines, Does.Contain("High-resolution timer: false"));
        Assert.That(
            _fixture.Log.Lines,
            Has.One.EqualTo($"operating without high-resolution timer and applying {_fixture.Source.Name} oversampling factor 10"));
    }

    [Test]
    public void A_clock_declared_coarse_needs_ten_times_the_events()
    {
        using var fixture = new TimerFixture(
            new TimerSourceOptions { EventsPer256Bits = 256, HighResolutionTimer = false }, scheduler: scheduler);
        fixture.Source.Record(0, new TimerStream().Good(2000));
        Assert.That(fixture.Source.AvailableEntropy(256), Is.EqualTo(200));
    }

    [TestCase(512UL)]
    [TestCase(999UL)]
    public void A_step_that_can_be_divided_out_does_no_harm(ulong step)
    {
        _fixture.Source.Record(0, new TimerStream(step).Good(1024));
        Assert.That(_fixture.Pull(), Is.EqualTo(256));
        Assert.That(_fixture.Failures, Is.Empty);
    }

    [TestCase(-1)]
    [TestCase(int.MinValue)]
    [TestCase(int.MaxValue)]
    [TestCase(4096)]
    public void Events_of_a_cpu_that_cannot_be_are_refused(int cpu)
    {
        _fixture.Source.Record(cpu, new TimerStream().Good(2000));
        AssertNoCredit();
        Assert.That(_fixture.Details, Does.Contain("events 0, CPUs 0,").And.EndsWith("refused records 2000"));
        Assert.That(_fixture.Source.WantsEventsOf(cpu), Is.False);
        Assert.That(_fixture.Source.Status.State, Is.EqualTo(SourceState.Starting));
    }

    [Test]
    public void A_cpu_for_which_there_is_no_locked_memory_is_refused_and_the_others_go_on()
    {
        using var fixture = new TimerFixture(new TimerSourceOptions
        {
            EventsPer256Bits = 256,
            MapCpuMemory = (cpu, bytes) => cpu == 0 ? new SecretArena(bytes) : throw new InvalidOperationException("mlock"),
        });
        TimerSource source = fixture.Source;
        source.Record(0, new TimerStream().Good(1024));
        source.Record(1, new TimerStream().Good(100));
        source.Record(2, new TimerStream().Good(100));
        Assert.That(source.Status.Details, Does.Contain("CPUs 1,").And.EndsWith("refused records 200"));
        Assert.That(source.GetEntropy(new byte[32], 256), Is.EqualTo(256));
    }

    [Test]
    public void Events_after_the_end_are_ignored()
    {
        _fixture.Source.Record(0, new TimerStream().Good(2000));
        _fixture.Source.Dispose();
        Assert.That(() => _fixture.Source.Record(0, new TimerStream().Good(10)), Throws.Nothing);
        Assert.That(_fixture.Source.AvailableEntropy(256), Is.Zero);
        Assert.That(() => _fixture.Pull(), Throws.TypeOf<ObjectDisposedException>());
    }

    private void AssertNoCredit() =>
        Assert.That((_fixture.Source.AvailableEntropy(256), _fixture.Pull()), Is.EqualTo((0, 0)));

    private void AssertFailedForGood()
    {
        AssertNoCredit();
        Assert.That(_fixture.Source.Status.State, Is.EqualTo(SourceState.Failed));
        Assert.That(_fixture.Failures[^1].Verdict, Is.EqualTo(HealthVerdict.PermanentFailure));
        Assert.That(_fixture.Failures, Has.Count.EqualTo(2));
    }
}
