// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using LrngCuse.Sampling;

namespace LrngCuse.Tests.Sampling;

/// <summary>The running kernel's events, where it lets this process have them.</summary>
[TestFixture]
internal sealed class LiveSamplingTests
{
    // Far longer than any machine needs for a record; only a failing test waits for it.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Test]
    public void Real_switches_arrive_in_the_order_of_their_time()
    {
        var sink = new RecordedSink();
        using TimerSampling sampling = Start(TimerEvent.Switch, sink);
        WaitFor(sampling, sink, 64, static () => Run("sleep", "0.01"));
        foreach (var cpu in sink.Records.GroupBy(record => record.Cpu))
        {
            Assert.That(cpu.Select(record => record.Record.TimeNanoseconds), Is.Ordered);
        }

        Assert.That(sink.Records.All(record => record.Creditable), Is.True);
        EventStatus status = sampling.GetStatus()[0];
        Assert.That(status.Counted, Is.GreaterThanOrEqualTo(status.Records));
        Assert.That(status.Unreadable, Is.Zero);
    }

    [Test]
    public void Real_interrupts_arrive()
    {
        var sink = new RecordedSink();
        using TimerSampling sampling = Start(TimerEvent.Interrupt, sink);

        // Written through to the disk, so that there is an interrupt at least at its end.
        string file = Path.GetTempFileName();
        try
        {
            WaitFor(sampling, sink, 1, () => Run("dd", "if=/dev/zero", $"of={file}", "bs=4096", "count=8", "oflag=direct,sync"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public void A_sink_that_wants_nothing_stops_the_events()
    {
        var sink = new RecordedSink();
        using TimerSampling sampling = Start(TimerEvent.Switch, sink);
        WaitFor(sampling, sink, 1, static () => Run("sleep", "0.01"));
        sink.WantsRecords = false;
        sampling.Wake();
        Assert.That(() => sampling.GetStatus()[0].Sampling, Is.False.After((int)s_patience.TotalMilliseconds, 20));
        ulong counted = sampling.GetStatus()[0].Counted;
        Run("sleep", "0.05");
        Assert.That(sampling.GetStatus()[0].Counted, Is.EqualTo(counted));
    }

    private static TimerSampling Start(TimerEvent timerEvent, RecordedSink sink)
    {
        var sampling = TimerSampling.Start(
            new Dictionary<TimerEvent, ITimerRecordSink> { [timerEvent] = sink }, [], TimeProvider.System, []);
        EventStatus status = sampling.GetStatus()[0];
        if (status.Path != SamplingPath.PerfEvents)
        {
            sampling.Dispose();
            Assert.Ignore(status.Reason);
        }

        return sampling;
    }

    private static void WaitFor(TimerSampling sampling, RecordedSink sink, int records, Action cause)
    {
        long start = Stopwatch.GetTimestamp();
        while (sink.Records.Count < records && Stopwatch.GetElapsedTime(start) < s_patience)
        {
            cause();
        }

        if (sink.Records.Count < records && sampling.GetStatus()[0] is { Event: TimerEvent.Interrupt, Counted: 0 })
        {
            Assert.Ignore("no device of this machine interrupts");
        }

        Assert.That(sink.Records, Has.Count.GreaterThanOrEqualTo(records));
    }

    private static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        _ = process.StandardError.ReadToEnd();
        process.WaitForExit();
    }
}
