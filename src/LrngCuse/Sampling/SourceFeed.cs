// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources;
using LrngEngine.Timing;

namespace LrngCuse.Sampling;

/// <summary>Hands the records of one kind of event to its entropy source.</summary>
internal sealed class SourceFeed(TimerSource source) : ITimerRecordSink
{
    internal const string ReproducibleStamps = "stamped by watching /proc/interrupts, as any local user can";

    // How many recordings elsewhere hold the events back; written with Interlocked.
    private int _holds;

    // Used by the sampling thread only.
    private readonly TimerRecord[] _records = new TimerRecord[256];

    /// <inheritdoc/>
    public bool WantsRecords => (!IsHeld || source.IsRecorded) && source.WantsEvents;

    /// <inheritdoc/>
    public bool WantsEveryEvent => source.IsRecorded;

    private bool IsHeld => Volatile.Read(ref _holds) > 0;

    /// <summary>Has events thrown away until <see cref="Release"/>, because somebody records them: what is recorded is no secret.</summary>
    internal void Hold() => Interlocked.Increment(ref _holds);

    /// <summary>Takes one hold back.</summary>
    internal void Release() => Interlocked.Decrement(ref _holds);

    /// <inheritdoc/>
    public void EveryEventFollows() => source.StartRecordings();

    /// <inheritdoc/>
    public void Lose(ulong events) => source.LoseEvents((long)events);

    /// <inheritdoc/>
    public void Record(int cpu, ReadOnlySpan<PerfRecord> records, bool creditable)
    {
        if (IsHeld)
        {
            // Who records here learns that the other recording came between.
            source.LoseEvents(records.Length);
            return;
        }

        if (!creditable)
        {
            source.WithdrawCredit(ReproducibleStamps);
        }

        while (!records.IsEmpty)
        {
            int count = Math.Min(records.Length, _records.Length);
            for (int i = 0; i < count; i++)
            {
                _records[i] = new TimerRecord(records[i].TimeNanoseconds, records[i].Detail);
            }

            source.Record(cpu, _records.AsSpan(0, count));
            records = records[count..];
        }

        // What a source takes in is not to be found elsewhere.
        Array.Clear(_records);
    }
}
