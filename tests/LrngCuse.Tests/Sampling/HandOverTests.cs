// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngCuse.Sampling;

namespace LrngCuse.Tests.Sampling;

/// <summary>Events that another process opened.</summary>
[TestFixture]
internal sealed class HandOverTests
{
    [TestCase(TimerEvent.Interrupt, "perf-irq-3-8"), TestCase(TimerEvent.Switch, "perf-sched-3")]
    public void A_name_says_all_that_the_daemon_needs(TimerEvent timerEvent, string name)
    {
        OpenedEvent opened = ScriptedPerfCalls.Opened(timerEvent, 3) with { File = 9 };
        Assert.That(EventName.Of(opened), Is.EqualTo(name));
        Assert.That(EventName.TryParse(name, 9, out OpenedEvent parsed), Is.True);
        Assert.That(parsed, Is.EqualTo(opened));
    }

    [TestCase("perf-irq-3"), TestCase("perf-irq-3-8-8"), TestCase("perf-irq--8"), TestCase("perf-sched-"), TestCase("perf-sched--1")]
    [TestCase("perf-vector-3-8"), TestCase("perf-vector-3-8-nmi"), TestCase("perf-vector-x-8-local_timer"), TestCase("perf-vector-3-8-local_timer-1")]
    [TestCase("perf-irq-3-99999"), TestCase("stored"), TestCase(""), TestCase("perf-sched-1x")]
    public void Other_names_are_left_alone(string name) => Assert.That(EventName.TryParse(name, 9, out _), Is.False);

    [Test]
    public void The_cpus_own_interrupts_have_names_too()
    {
        OpenedEvent opened = new(TimerEvent.Vector, 3, 9, 8, "local_timer");
        Assert.That(EventName.Of(opened), Is.EqualTo("perf-vector-3-8-local_timer"));
        Assert.That(EventName.TryParse("perf-vector-3-8-local_timer", 9, out OpenedEvent parsed), Is.True);
        Assert.That(parsed, Is.EqualTo(opened));
    }

    [Test]
    public void Several_of_them_are_taken_for_one_cpu()
    {
        IReadOnlyList<OpenedEvent> events =
            Parse("5000000", "3", "perf-vector-0-8-local_timer:perf-vector-0-8-reschedule:perf-vector-0-8-local_timer", out var surplus);
        Assert.That(events.Select(opened => opened.Vector), Is.EqualTo(new[] { "local_timer", "reschedule" }));
        Assert.That(surplus.Select(opened => opened.File), Is.EqualTo(new[] { 5 }));
    }

    [Test]
    public void The_probe_leaves_out_vectors_that_this_kernel_does_not_have()
    {
        using var kernel = new ScriptedPerfCalls();
        using var probe = new EventProbe(
            kernel,
            ScriptedPerfCalls.Find,
            [0],
            [(new Tracepoint(TimerEvent.Vector, 77, 8, "local_timer"), ""), (null, "no such tracepoint")]);
        Assert.That(probe.Opened.Select(EventName.Of), Is.EqualTo(new[] { "perf-irq-0-8", "perf-sched-0", "perf-vector-0-8-local_timer" }));
        Assert.That(probe.Findings, Has.None.Matches<(TimerEvent Event, int Cpus, string Reason)>(finding => finding.Reason.Length > 0));
    }

    [Test]
    public void Descriptors_count_from_three_and_one_event_a_cpu_is_taken()
    {
        IReadOnlyList<OpenedEvent> events =
            Parse("5000000", "5", "cuse:perf-irq-0-8:perf-sched-0:perf-irq-0-8:perf-sched-1", out var surplus);
        Assert.That(events.Select(opened => (opened.Event, opened.Cpu, opened.File)), Is.EqualTo(new[]
        {
            (TimerEvent.Interrupt, 0, 4), (TimerEvent.Switch, 0, 5), (TimerEvent.Switch, 1, 7),
        }));
        Assert.That(surplus.Select(opened => opened.File), Is.EqualTo(new[] { 6 }));
    }

    [TestCase("1", "1", "perf-sched-0"), TestCase(null, "1", "perf-sched-0"), TestCase("5000000", null, "perf-sched-0")]
    [TestCase("5000000", "-1", "perf-sched-0"), TestCase("5000000", "1", null), TestCase("5000000", "0", "perf-sched-0")]
    [TestCase("5000000", "99999999", "perf-sched-0")]
    public void What_is_meant_for_another_process_or_makes_no_sense_is_not_taken(string? pid, string? count, string? names) =>
        Assert.That(Parse(pid, count, names, out _), Is.Empty);

    [Test]
    public void The_probe_opens_every_cpu_and_closes_them_at_the_end()
    {
        using var kernel = new ScriptedPerfCalls();
        using (var probe = new EventProbe(kernel, ScriptedPerfCalls.Find, [0, 1]))
        {
            string[] names = ["perf-irq-0-8", "perf-irq-1-8", "perf-sched-0", "perf-sched-1"];
            Assert.That(probe.Opened.Select(EventName.Of), Is.EqualTo(names));
            Assert.That(probe.Findings, Is.EqualTo(new[] { (TimerEvent.Interrupt, 2, ""), (TimerEvent.Switch, 2, "") }));
        }

        Assert.That(kernel.OpenFiles, Is.Empty);
    }

    [Test]
    public void The_probe_tells_why_it_has_nothing()
    {
        using var kernel = new ScriptedPerfCalls { OpenError = _ => Linux.EMFILE };
        using var probe = new EventProbe(
            kernel, timerEvent => timerEvent == TimerEvent.Switch ? (null, "no such tracepoint") : ScriptedPerfCalls.Find(timerEvent), [0]);
        Assert.That(probe.Findings[0].Reason, Does.Contain("LimitNOFILE"));
        Assert.That(probe.Findings[1], Is.EqualTo((TimerEvent.Switch, 0, "no such tracepoint")));
    }

    [Test]
    public void Sampling_takes_what_was_handed_over_and_opens_nothing()
    {
        using var kernel = new ScriptedPerfCalls { OpenError = _ => Linux.EACCES };
        OpenedEvent[] handedOver = [ScriptedPerfCalls.Opened(TimerEvent.Interrupt, 0), ScriptedPerfCalls.Opened(TimerEvent.Switch, 0)];
        using TimerSampling sampling = Start(kernel, new RecordedSink(), handedOver);
        EventStatus interrupts = sampling.GetStatus()[0];
        Assert.That((interrupts.Path, interrupts.Cpus, interrupts.Reason), Is.EqualTo((SamplingPath.PerfEvents, 1, "")));
        Assert.That(sampling.GetStatus()[1].Path, Is.EqualTo(SamplingPath.PerfEvents));
    }

    [Test]
    public void Where_perf_is_refused_interrupts_are_polled_and_switches_are_absent()
    {
        using var kernel = new ScriptedPerfCalls { OpenError = _ => Linux.EACCES };
        using TimerSampling sampling = Start(kernel, new RecordedSink { WantsRecords = false }, []);
        IReadOnlyList<EventStatus> status = sampling.GetStatus();
        Assert.That(status.Select(each => each.Path), Is.EqualTo(new[] { SamplingPath.ProcInterrupts, SamplingPath.None }));
        Assert.That(status.Select(each => each.Reason), Is.All.Contains("perf_event_"));
    }

    private static TimerSampling Start(ScriptedPerfCalls kernel, RecordedSink sink, IReadOnlyList<OpenedEvent> handedOver) =>
        TimerSampling.Start(
        new Dictionary<TimerEvent, ITimerRecordSink> { [TimerEvent.Interrupt] = sink, [TimerEvent.Switch] = sink },
        handedOver,
        kernel,
        ScriptedPerfCalls.Find,
        TimeProvider.System);

    private static IReadOnlyList<OpenedEvent> Parse(string? pid, string? count, string? names, out IReadOnlyList<OpenedEvent> surplus) =>
        HandedOverEvents.Parse(
            name => name switch { "LISTEN_PID" => pid, "LISTEN_FDS" => count, "LISTEN_FDNAMES" => names, _ => null }, 5000000, out surplus);
}
