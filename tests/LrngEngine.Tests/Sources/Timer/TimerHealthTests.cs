// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;
using LrngEngine.Sources;
using LrngEngine.Timing;

namespace LrngEngine.Tests.Sources.Timer;

/// <summary>Each health test at the very sample that its formula names, and what the source makes of it (reference 6).</summary>
[TestFixture]
internal sealed class TimerHealthTests
{
    // Whole stamps and the one that makes the divisor known; then windows of the APT begin.
    private const int BeforeFirstWindow = GreatestCommonDivisor.WindowStamps + 1;
    private const int ToWindow = BeforeFirstWindow + (3 * HealthCutoff.AptWindow);

    [Test]
    public void A_regular_clock_fails_the_repetition_count_test_at_both_cut_offs(
        [Values("256 31 61", "512 61 121", "1024 121 241", "2048 241 481")] string figures,
        [Values(1UL, 10UL, 512UL)] ulong step,
        [Values] bool singly)
    {
        (long rate, int intermittent, int permanent) = Parse(figures);
        using var fixture = new TimerFixture(new TimerSourceOptions { EventsPer256Bits = rate });
        var stream = new TimerStream(step);
        fixture.Started(stream, ToWindow);
        AssertFailures(fixture, stream.Regular(permanent), intermittent, HealthTest.RepetitionCount, singly);
    }

    [Test]
    public void One_symbol_fails_the_adaptive_proportion_test_at_both_cut_offs(
        [Values("256 325 355", "512 422 447", "1024 477 494", "2048 502 512")] string figures,
        [Values(1UL, 10UL, 512UL)] ulong step,
        [Values] bool singly)
    {
        (long rate, int intermittent, int permanent) = Parse(figures);
        using var fixture = new TimerFixture(new TimerSourceOptions { EventsPer256Bits = rate });
        var stream = new TimerStream(step);
        fixture.Started(stream, ToWindow);
        AssertFailures(fixture, stream.SameSymbol(permanent), intermittent, HealthTest.AdaptiveProportion, singly);
    }

    [Test]
    public void Tests_count_for_each_cpu_by_itself()
    {
        using var fixture = new TimerFixture();
        TimerStream[] streams = [new(seed: 1), new(seed: 2)];
        fixture.Started(streams[0]);
        fixture.Source.Record(1, streams[1].Good(500));
        fixture.Source.Record(0, streams[0].Regular(30));
        fixture.Source.Record(1, streams[1].Regular(30));
        Assert.That(fixture.Failures, Is.Empty);
        fixture.Source.Record(1, streams[1].Standing(1));
        Assert.That(fixture.Failures, Has.Count.EqualTo(1));
        Assert.That(fixture.Failures[0].Reason, Does.EndWith("on CPU 1"));
    }

    [Test]
    public void A_run_below_the_cut_off_is_forgotten()
    {
        using var fixture = new TimerFixture();
        var stream = new TimerStream();
        fixture.Started(stream);
        for (int i = 0; i < 20; i++)
        {
            fixture.Source.Record(0, [.. stream.Regular(30), .. stream.Good(3)]);
        }

        Assert.That(fixture.Failures, Is.Empty);

        // Of each run one event carries time: 20 * (1 + 3).
        Assert.That(fixture.Details, Does.StartWith("events 80,"));
    }

    [Test]
    public void An_intermittent_failure_discards_everything_and_starts_up_again()
    {
        using var fixture = new TimerFixture();
        var stream = new TimerStream();
        var other = new TimerStream(seed: 99);
        fixture.Started(stream);
        fixture.Source.Record(1, other.Good(300));
        Assert.That(fixture.Source.AvailableEntropy(256), Is.EqualTo(256));
        fixture.Source.Record(0, stream.Regular(31));

        SourceStatus status = fixture.Source.Status;
        Assert.That((status.State, status.Credit), Is.EqualTo((SourceState.Starting, 0)));
        Assert.That(
            status.Reason,
            Is.EqualTo(
                "intermittent failure: repetition count test at 31, cut-off 31, on CPU 0; start-up test is not over; "
                + "rate set by the administrator"));
        Assert.That(status.Details, Does.StartWith("start-up test 0 of 1024 events, events 0,"));
        Assert.That(status.Health, Is.EqualTo(new SourceHealth(31, 61, 325, 355, 512, 1, fixture.Failures[0].Reason)));
        byte[] slot = new byte[32];
        Assert.That((fixture.Source.AvailableEntropy(256), fixture.Source.GetEntropy(slot, 256)), Is.EqualTo((0, 0)));
        Assert.That(slot, Is.All.Zero);

        fixture.Source.Record(1, other.Good(1023));
        Assert.That(fixture.Pull(), Is.Zero);
        fixture.Source.Record(0, stream.Good(1));
        Assert.That(fixture.Pull(), Is.EqualTo(256));
        Assert.That(fixture.Log.Lines.Count(line => line.EndsWith("source IRQ completed", StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That(fixture.Log.Lines, Has.One.StartsWith("SP800-90B runtime health test failure for internal entropy source IRQ - "));
    }

    [Test]
    public void A_failure_within_a_batch_does_not_hide_the_rest_of_it()
    {
        using var fixture = new TimerFixture();
        var stream = new TimerStream();
        fixture.Started(stream);
        fixture.Source.Record(0, [.. stream.Good(200), .. stream.Regular(31), .. stream.Good(1023)]);
        Assert.That(fixture.Source.Status.State, Is.EqualTo(SourceState.Starting));
        fixture.Source.Record(0, stream.Good(1));
        Assert.That(fixture.Source.Status.State, Is.EqualTo(SourceState.Running));
        Assert.That(fixture.Failures, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_failure_during_an_extraction_takes_its_credit()
    {
        using var fixture = new TimerFixture();
        var stream = new TimerStream();
        fixture.Started(stream);
        fixture.Source.Record(0, stream.Good(300));

        // The other CPU fails when the first one's events were taken already.
        var other = new TimerStream(seed: 99);
        int lines = 0;
        fixture.Source.Steps = new HookedLog(() => fixture.Source.Record(1, ++lines == 1 ? other.Regular(31) : []));
        Assert.That(fixture.Pull(), Is.Zero);
        Assert.That(fixture.Failures, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_failure_during_the_start_up_test_begins_it_anew()
    {
        using var fixture = new TimerFixture();
        var stream = new TimerStream();
        fixture.Source.Record(0, [.. stream.Good(900), .. stream.Regular(31), .. stream.Good(900)]);
        Assert.That(fixture.Source.Status.State, Is.EqualTo(SourceState.Starting));
        Assert.That(fixture.Details, Does.StartWith("start-up test 900 of 1024 events,"));
        Assert.That(fixture.Log.Lines, Has.One.StartsWith("SP800-90B startup test failure for internal entropy source IRQ - resetting"));
    }

    private static (long Rate, int Intermittent, int Permanent) Parse(string figures)
    {
        string[] parts = figures.Split(' ');
        return (long.Parse(parts[0]), int.Parse(parts[1]), int.Parse(parts[2]));
    }

    // The last of the events reaches the permanent cut-off.
    private static void AssertFailures(TimerFixture fixture, TimerRecord[] events, int intermittent, HealthTest test, bool singly)
    {
        int permanent = events.Length;
        var verdicts = new List<(int Event, HealthVerdict Verdict, HealthTest Test)>();
        int delivered = 0;
        fixture.Source.HealthFailed += (_, failure) => verdicts.Add((delivered, failure.Verdict, failure.Test));
        int before = intermittent - 1;
        IEnumerable<TimerRecord[]> batches = singly
            ? events.Chunk(1)
            : [events[..before], events[before..intermittent], events[intermittent..^1], events[^1..]];
        foreach (TimerRecord[] batch in batches)
        {
            delivered += batch.Length;
            fixture.Source.Record(0, batch);
        }

        Assert.That(verdicts, Is.EqualTo(new[]
        {
            (intermittent, HealthVerdict.IntermittentFailure, test),
            (permanent, HealthVerdict.PermanentFailure, test),
        }));
        Assert.That(fixture.Source.Status.State, Is.EqualTo(SourceState.Failed));
        Assert.That(fixture.Source.Status.Reason, Does.StartWith("permanent failure: "));
        Assert.That(fixture.Source.Status.Reason, Does.Contain($"at {permanent}, cut-off {permanent}, on CPU 0"));
        Assert.That(fixture.Source.Status.Health?.Failures, Is.EqualTo(2));

        // For good: nothing revives it.
        fixture.Source.Record(0, new TimerStream(seed: 5).Good(3000));
        fixture.Source.Record(1, new TimerStream(seed: 6).Good(3000));
        fixture.Source.Discard();
        Assert.That((fixture.Pull(), fixture.Source.WantsEvents), Is.EqualTo((0, false)));
    }
}
