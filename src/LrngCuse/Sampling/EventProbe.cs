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
    internal EventProbe(IPerfCalls calls, Func<TimerEvent, (Tracepoint? Tracepoint, string Reason)> find, IReadOnlyList<int> cpus)
    {
        _calls = calls;
        foreach (TimerEvent timerEvent in Enum.GetValues<TimerEvent>())
        {
            (Tracepoint? tracepoint, string reason) = find(timerEvent);
            int before = _opened.Count;
            if (tracepoint is { } found)
            {
                _opened.AddRange(new EventOpener(calls).Open(found, cpus, out int refusal));
                reason = refusal == 0 ? "" : PerfRefusal.ForOpen(refusal, PerfRefusal.ReadParanoid());
            }

            _findings.Add((timerEvent, _opened.Count - before, reason));
        }
    }

    internal IReadOnlyList<OpenedEvent> Opened => _opened;

    /// <summary>For each event the number of CPUs that it was opened on, and why not on all.</summary>
    internal IReadOnlyList<(TimerEvent Event, int Cpus, string Reason)> Findings => _findings;

    public void Dispose()
    {
        _opened.ForEach(opened => _calls.Close(opened.File));
        _opened.Clear();
    }
}
