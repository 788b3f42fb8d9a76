// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>How much of an event is sampled, and at what cost for the machine.</summary>
internal sealed class SamplingPolicy
{
    // For a recording: the sampling thread may be kept from running for a while. At 200,000 events a second on one CPU this lasts for
    // 150 ms of switches, or 60 ms of interrupts.
    private const uint RecordingBytes = 1 << 20;

    // The shortest record, a switch, and what a pass takes from one CPU at most, so that a storm there does not keep the others waiting.
    private const int ShortestRecordBytes = 32;
    private const int SeedingRecordsPerPass = 1024;

    private SamplingPolicy()
    {
    }

    /// <summary>What seeding needs and nobody notices: switches and the CPUs' own interrupts in short windows, fewer samples in a storm.</summary>
    internal static SamplingPolicy Seeding { get; } = new() { ThinsOut = true };

    /// <summary>Every event from begin to end, whatever that costs: for an assessment.</summary>
    internal static SamplingPolicy Recording { get; } = new() { ThinsOut = false };

    /// <summary>Whether a storm makes the period grow.</summary>
    internal bool ThinsOut { get; private init; }

    internal SamplingWindow CreateWindow(TimerEvent timerEvent, TimeProvider clock) =>
        ThinsOut && timerEvent != TimerEvent.Interrupt ? SamplingWindow.Short(clock) : SamplingWindow.Unlimited(clock);

    /// <summary>Length of the ring buffer for one CPU.</summary>
    internal uint DataBytes(TimerEvent timerEvent) => ThinsOut ? PerfAttributes.DataBytes(timerEvent) : RecordingBytes;

    /// <summary>Records that one pass takes from one CPU. For a recording all that the buffer held when the pass began, so that what
    /// happened before the pass is there after it.</summary>
    internal int RecordsPerPass(TimerEvent timerEvent) =>
        ThinsOut ? SeedingRecordsPerPass : (int)(DataBytes(timerEvent) / ShortestRecordBytes);
}
