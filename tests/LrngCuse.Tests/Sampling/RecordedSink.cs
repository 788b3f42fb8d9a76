// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Collections.Concurrent;
using LrngCuse.Sampling;

namespace LrngCuse.Tests.Sampling;

/// <summary>Keeps what it is given.</summary>
internal sealed class RecordedSink : ITimerRecordSink
{
    private volatile bool _wants = true;

    public bool WantsRecords
    {
        get => _wants;
        set => _wants = value;
    }

    public bool WantsEveryEvent { get; set; }

    /// <summary>What was brought when the recording began; null before.</summary>
    internal int? BegunAfter { get; private set; }

    internal ulong Lost { get; private set; }

    internal ConcurrentQueue<(int Cpu, PerfRecord Record, bool Creditable)> Records { get; } = new();

    public void EveryEventFollows() => BegunAfter ??= Records.Count;

    public void Lose(ulong events) => Lost += events;

    public void Record(int cpu, ReadOnlySpan<PerfRecord> records, bool creditable)
    {
        foreach (PerfRecord record in records)
        {
            Records.Enqueue((cpu, record, creditable));
        }
    }
}
