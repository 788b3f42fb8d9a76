// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>Opens the events of all CPUs for another process.</summary>
internal sealed class EventProbe : IDisposable
{
    private readonly IPerfCalls _calls;
    private readonly List<OpenedEvent> _opened = [];
    private readonly List<(TimerEvent Event, int Cpus, string Reason)> _findings = [];

    /// <param name="calls">System calls.</param>
    /// <param name="find">Asks for a tracepoint.</param>
    /// <param name="cpus">The CPUs that are online.</param>
    /// <param name="vectors">The tracepoints of the CPUs' own interrupts that are wanted; those that this kernel does not have are
    /// left out.</param>
    internal EventProbe(
        IPerfCalls calls,
        Func<TimerEvent, (Tracepoint? Tracepoint, string Reason)> find,
        IReadOnlyList<int> cpus,
        IEnumerable<(Tracepoint? Tracepoint, string Reason)>? vectors = null)
    {
        _calls = calls;
        Open(TimerEvent.Interrupt, find(TimerEvent.Interrupt), cpus);
        Open(TimerEvent.Switch, find(TimerEvent.Switch), cpus);
        foreach ((Tracepoint? Tracepoint, string Reason) vector in vectors ?? [])
        {
            if (vector.Tracepoint is not null)
            {
                Open(TimerEvent.Vector, vector, cpus);
            }
        }
    }

    internal IReadOnlyList<OpenedEvent> Opened => _opened;

    /// <summary>For each event the number of CPUs that it was opened on, and why not on all.</summary>
    internal IReadOnlyList<(TimerEvent Event, int Cpus, string Reason)> Findings => _findings;

    private void Open(TimerEvent timerEvent, (Tracepoint? Tracepoint, string Reason) candidate, IReadOnlyList<int> cpus)
    {
        int before = _opened.Count;
        string reason = candidate.Reason;
        if (candidate.Tracepoint is { } found)
        {
            _opened.AddRange(new EventOpener(_calls).Open(found, cpus, out int refusal));
            reason = refusal == 0 ? "" : PerfRefusal.ForOpen(refusal, PerfRefusal.ReadParanoid());
        }

        _findings.Add((timerEvent, _opened.Count - before, reason));
    }

    public void Dispose()
    {
        _opened.ForEach(opened => _calls.Close(opened.File));
        _opened.Clear();
    }
}
