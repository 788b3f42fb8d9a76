// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>Makes rings of events, and words of what stands in the way.</summary>
internal static class EventRings
{
    /// <summary>Opens and maps an event on CPUs.</summary>
    /// <returns>Those that it could be done for.</returns>
    internal static List<EventRing> Open(
        IPerfCalls calls,
        TimeProvider clock,
        Tracepoint tracepoint,
        IEnumerable<int> cpus,
        out string reason,
        SamplingPolicy? policy = null)
    {
        List<OpenedEvent> opened = new EventOpener(calls).Open(tracepoint, cpus, out int refusal);
        List<EventRing> rings = Map(calls, clock, opened, out reason, policy);
        if (refusal != 0)
        {
            reason = PerfRefusal.ForOpen(refusal, PerfRefusal.ReadParanoid());
        }

        return rings;
    }

    /// <summary>Takes descriptors over and maps them.</summary>
    internal static List<EventRing> Map(
        IPerfCalls calls, TimeProvider clock, IEnumerable<OpenedEvent> opened, out string reason, SamplingPolicy? policy = null)
    {
        reason = "";
        var rings = new List<EventRing>();
        foreach (OpenedEvent candidate in opened)
        {
            if (EventRing.Map(calls, clock, candidate, policy ?? SamplingPolicy.Seeding, out int error) is { } ring)
            {
                rings.Add(ring);
            }
            else
            {
                reason = PerfRefusal.ForMap(error);
            }
        }

        return rings;
    }
}
