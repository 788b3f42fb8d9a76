// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;

namespace LrngCuse.Sampling;

/// <summary>Opens an event on CPUs.</summary>
internal sealed class EventOpener
{
    private readonly IPerfCalls _calls;

    private readonly StampClock _clock;

    /// <param name="calls">System calls.</param>
    /// <param name="clock">What stamps the samples; null: the best that this kernel has.</param>
    internal EventOpener(IPerfCalls calls, StampClock? clock = null)
    {
        _calls = calls;
        _clock = clock ?? StampClocks.Choose();
    }

    /// <summary>Opens what can be opened. A CPU that goes offline meanwhile is left out.</summary>
    /// <param name="tracepoint">The event.</param>
    /// <param name="cpus">Numbers of CPUs.</param>
    /// <param name="refusal">An errno if a CPU was refused, else 0; the first refusal ends the attempt.</param>
    internal List<OpenedEvent> Open(Tracepoint tracepoint, IEnumerable<int> cpus, out int refusal)
    {
        refusal = 0;
        var opened = new List<OpenedEvent>();
        foreach (int cpu in cpus)
        {
            int file = OpenOne(tracepoint, cpu);
            if (file >= 0)
            {
                opened.Add(new OpenedEvent(tracepoint.Event, cpu, file, tracepoint.RawField, tracepoint.Vector));
            }
            else if (!PerfRefusal.IsAbsentCpu(-file))
            {
                refusal = -file;
                break;
            }
        }

        if (opened.Count == 0 && refusal == 0)
        {
            refusal = Linux.ENODEV;
        }

        return opened;
    }

    // Kernels before 6.0 do not know PERF_FORMAT_LOST.
    private int OpenOne(Tracepoint tracepoint, int cpu)
    {
        int file = _calls.Open(PerfAttributes.For(tracepoint, _clock, countsLost: true), cpu);
        return file == -Linux.EINVAL ? _calls.Open(PerfAttributes.For(tracepoint, _clock, countsLost: false), cpu) : file;
    }
}
