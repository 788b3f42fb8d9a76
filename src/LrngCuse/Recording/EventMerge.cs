// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Sampling;

namespace LrngCuse.Recording;

/// <summary>
/// Puts the events of all CPUs in the order of their time, as LRNG records them. Every pass over the ring buffers takes all that had
/// happened before it began. So after a pass nothing can come any more that is older than the newest event of the pass before.
/// Not thread safe.
/// </summary>
internal sealed class EventMerge
{
    private readonly List<MergedEvent> _waiting = [];
    private ulong _newest;
    private ulong _horizon;
    private long _order;

    internal void Add(int cpu, ReadOnlySpan<PerfRecord> records)
    {
        foreach (PerfRecord record in records)
        {
            _waiting.Add(new MergedEvent(cpu, record, _order++));
            _newest = Math.Max(_newest, record.TimeNanoseconds);
        }
    }

    /// <summary>Ends a pass.</summary>
    /// <returns>The events whose order is settled.</returns>
    internal MergedEvent[] EndPass()
    {
        _waiting.Sort();
        int settled = _waiting.FindLastIndex(merged => merged.Record.TimeNanoseconds <= _horizon) + 1;
        _horizon = _newest;
        return Take(settled);
    }

    /// <summary>What is left when no more comes.</summary>
    internal MergedEvent[] End()
    {
        _waiting.Sort();
        return Take(_waiting.Count);
    }

    private MergedEvent[] Take(int count)
    {
        MergedEvent[] taken = [.. _waiting[..count]];
        _waiting.RemoveRange(0, count);
        return taken;
    }
}
