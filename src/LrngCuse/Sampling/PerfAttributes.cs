// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;
using LrngCuse.Interop;

namespace LrngCuse.Sampling;

/// <summary>
/// How the events are opened.
/// <para>Clock: see <see cref="StampClock"/>.</para>
/// <para>Switches are opened without RAW: the thread that left the CPU is in TID, the one that came leaves in the next record, and a
/// record takes 32 bytes of the ring buffer instead of 112.</para>
/// </summary>
internal static class PerfAttributes
{
    /// <summary>Fields of a sample of each event.</summary>
    internal static ulong SampleType(TimerEvent timerEvent) => Perf.PERF_SAMPLE_TIME | Perf.PERF_SAMPLE_TID | Perf.PERF_SAMPLE_CPU
        | (timerEvent == TimerEvent.Switch ? 0 : Perf.PERF_SAMPLE_RAW);

    /// <param name="tracepoint">The event.</param>
    /// <param name="clock">What stamps the samples.</param>
    /// <param name="countsLost">Whether read(2) also gives the number of lost samples: since kernel 6.0.</param>
    internal static Perf.perf_event_attr For(Tracepoint tracepoint, StampClock clock, bool countsLost) => new()
    {
        type = Perf.PERF_TYPE_TRACEPOINT,
        size = (uint)Unsafe.SizeOf<Perf.perf_event_attr>(),
        config = tracepoint.Id,
        sample_period = 1,
        sample_type = SampleType(tracepoint.Event),
        read_format = countsLost ? Perf.PERF_FORMAT_LOST : 0,
        flags = Perf.AttributeFlags.disabled | Perf.AttributeFlags.watermark
            | (clock == StampClock.MonotonicRaw ? Perf.AttributeFlags.use_clockid : Perf.AttributeFlags.None),
        clockid = clock == StampClock.MonotonicRaw ? Perf.CLOCK_MONOTONIC_RAW : 0,

        // A quarter: a wake-up for 200 interrupts or 128 switches, while there is room for three times as many to come.
        wakeup_watermark = DataBytes(tracepoint.Event) / 4,
    };

    /// <summary>Length of the ring buffer for one CPU, in bytes: about 800 interrupts, about 500 switches.</summary>
    internal static uint DataBytes(TimerEvent timerEvent) => timerEvent == TimerEvent.Interrupt ? 64U * 1024 : 16U * 1024;
}
