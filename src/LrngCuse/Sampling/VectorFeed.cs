// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources;
using LrngEngine.Timing;

namespace LrngCuse.Sampling;

/// <summary>Mixes the records of the CPUs' own interrupts into the interrupt source, while that wants events of its own.</summary>
internal sealed class VectorFeed(TimerSource source) : ITimerRecordSink
{
    // Used by the sampling thread only.
    private readonly TimerRecord[] _records = new TimerRecord[256];

    /// <inheritdoc/>
    public bool WantsRecords => source.WantsEvents;

    /// <inheritdoc/>
    public void Record(int cpu, ReadOnlySpan<PerfRecord> records, bool creditable)
    {
        while (!records.IsEmpty)
        {
            int count = Math.Min(records.Length, _records.Length);
            for (int i = 0; i < count; i++)
            {
                _records[i] = new TimerRecord(records[i].TimeNanoseconds, records[i].Detail);
            }

            source.Mix(cpu, _records.AsSpan(0, count));
            records = records[count..];
        }

        Array.Clear(_records);
    }
}
