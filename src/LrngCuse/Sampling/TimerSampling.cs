// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Timing;

namespace LrngCuse.Sampling;

/// <summary>
/// Gets records of interrupts and switches to their sinks by the best way that this process is allowed: descriptors that were handed over,
/// perf events that it opens itself, or for interrupts what /proc/interrupts shows.
/// </summary>
internal sealed class TimerSampling : IDisposable
{
    private readonly Sampler? _sampler;
    private readonly ProcInterrupts? _fallback;
    private readonly List<EventStatus> _absent;

    private TimerSampling(Sampler? sampler, ProcInterrupts? fallback, List<EventStatus> absent)
    {
        _sampler = sampler;
        _fallback = fallback;
        _absent = absent;
    }

    /// <summary>Opens what can be opened and starts the threads; paused until a sink wants records.</summary>
    /// <param name="sinks">Who takes the records of which event; an event without a sink is not opened.</param>
    /// <param name="handedOver">Descriptors that an earlier step opened; taken over.</param>
    /// <param name="clock">For windows and intervals.</param>
    /// <param name="vectors">Names of the CPUs' own interrupts, if these have a sink.</param>
    internal static TimerSampling Start(
        IReadOnlyDictionary<TimerEvent, ITimerRecordSink> sinks,
        IReadOnlyList<OpenedEvent> handedOver,
        TimeProvider clock,
        IReadOnlyList<string> vectors) =>
        Start(sinks, handedOver, new LinuxPerfCalls(), TracepointFinder.Find, clock, vectors.Select(TracepointFinder.FindVector));

    internal static TimerSampling Start(
        IReadOnlyDictionary<TimerEvent, ITimerRecordSink> sinks,
        IReadOnlyList<OpenedEvent> handedOver,
        IPerfCalls calls,
        Func<TimerEvent, (Tracepoint? Tracepoint, string Reason)> find,
        TimeProvider clock,
        IEnumerable<(Tracepoint? Tracepoint, string Reason)>? vectors = null)
    {
        var groups = new List<EventGroup>();
        var absent = new List<EventStatus>();
        ProcInterrupts? fallback = null;
        foreach (OpenedEvent unused in handedOver.Where(opened => !sinks.ContainsKey(opened.Event)))
        {
            calls.Close(unused.File);
        }

        foreach ((TimerEvent timerEvent, ITimerRecordSink sink) in sinks)
        {
            OpenedEvent[] taken = [.. handedOver.Where(opened => opened.Event == timerEvent)];
            EventGroup group = timerEvent == TimerEvent.Vector && taken.Length == 0
                ? MakeVectorGroup(sink, calls, vectors ?? [], clock)
                : MakeGroup(timerEvent, sink, taken, calls, find, clock);
            if (group.Rings.Count > 0)
            {
                groups.Add(group);
            }
            else if (timerEvent == TimerEvent.Interrupt)
            {
                fallback = new ProcInterrupts(sink, ProcInterrupts.ReadFile, new MonotonicCounter(), clock, group.Reason);
            }
            else
            {
                absent.Add(new EventStatus { Event = timerEvent, Path = SamplingPath.None, Reason = group.Reason, Cpus = 0 });
            }
        }

        Sampler? sampler = groups.Count > 0 ? new Sampler(calls, clock, CpuList.ReadOnline, groups) : null;
        sampler?.Start();
        fallback?.Start();
        return new TimerSampling(sampler, fallback, absent);
    }

    /// <summary>Ends a pause at once; without it a sink that wants records again is noticed within a second.</summary>
    internal void Wake()
    {
        _sampler?.Wake();
        _fallback?.Wake();
    }

    /// <summary>How each event is sampled and why so.</summary>
    internal IReadOnlyList<EventStatus> GetStatus() =>
    [
        .. (_sampler?.GetStatus() ?? [])
            .Concat(_absent)
            .Concat(_fallback is null ? [] : [_fallback.GetStatus()])
            .OrderBy(status => status.Event),
    ];

    public void Dispose()
    {
        _sampler?.Dispose();
        _fallback?.Dispose();
    }

    // Several tracepoints, each with a ring on each CPU. Those of CPUs that come later are not opened: nothing depends on them.
    private static EventGroup MakeVectorGroup(
        ITimerRecordSink sink, IPerfCalls calls, IEnumerable<(Tracepoint? Tracepoint, string Reason)> vectors, TimeProvider clock)
    {
        var group = new EventGroup(TimerEvent.Vector, sink, InterruptLines.FromSysfs(clock), clock);
        foreach ((Tracepoint? tracepoint, string missing) in vectors)
        {
            string reason = missing;
            if (tracepoint is { } found)
            {
                EventRings.Open(calls, clock, found, CpuList.ReadOnline(), out reason).ForEach(group.Add);
            }

            group.Reason = reason.Length > 0 ? reason : group.Reason;
        }

        return group;
    }

    private static EventGroup MakeGroup(
        TimerEvent timerEvent,
        ITimerRecordSink sink,
        OpenedEvent[] handedOver,
        IPerfCalls calls,
        Func<TimerEvent, (Tracepoint? Tracepoint, string Reason)> find,
        TimeProvider clock)
    {
        var lines = InterruptLines.FromSysfs(clock);
        if (handedOver.Length > 0)
        {
            var taken = new EventGroup(timerEvent, sink, lines, clock);
            EventRings.Map(calls, clock, handedOver, out string mapReason).ForEach(taken.Add);
            taken.Reason = mapReason;
            return taken;
        }

        (Tracepoint? tracepoint, string reason) = find(timerEvent);
        var group = new EventGroup(timerEvent, sink, lines, clock) { Tracepoint = tracepoint };
        if (tracepoint is { } found)
        {
            EventRings.Open(calls, clock, found, CpuList.ReadOnline(), out reason).ForEach(group.Add);
        }

        group.Reason = reason;
        return group;
    }
}
