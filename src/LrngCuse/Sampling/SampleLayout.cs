// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;

namespace LrngCuse.Sampling;

/// <summary>
/// Where the fields of a PERF_RECORD_SAMPLE lie. The kernel writes those that were asked for, in this order, 8 bytes each:
/// IP, (pid, tid), TIME, (cpu, reserved), and RAW as its size in 32 bits with the tracepoint's own record behind it.
/// </summary>
internal readonly record struct SampleLayout
{
    /// <summary>An offset of a field that is not there.</summary>
    internal const int Absent = -1;

    // struct perf_event_header
    private const int HeaderBytes = 8;
    private const int FieldBytes = 8;

    /// <param name="sampleType">PERF_SAMPLE_ bits; TIME is among them, and none but IP, TID, TIME, CPU, RAW.</param>
    /// <param name="rawField">Offset in the tracepoint's record of the 32-bit field that is wanted, or <see cref="Absent"/>.</param>
    internal SampleLayout(ulong sampleType, int rawField)
    {
        const ulong Known =
            Perf.PERF_SAMPLE_IP | Perf.PERF_SAMPLE_TID | Perf.PERF_SAMPLE_TIME | Perf.PERF_SAMPLE_CPU | Perf.PERF_SAMPLE_RAW;
        if ((sampleType & ~Known) != 0 || (sampleType & Perf.PERF_SAMPLE_TIME) == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(sampleType));
        }

        int offset = HeaderBytes;
        SampleType = sampleType;
        _ = Place(Perf.PERF_SAMPLE_IP, sampleType, ref offset);
        Thread = Place(Perf.PERF_SAMPLE_TID, sampleType, ref offset);
        Time = Place(Perf.PERF_SAMPLE_TIME, sampleType, ref offset);
        _ = Place(Perf.PERF_SAMPLE_CPU, sampleType, ref offset);
        RawSize = (sampleType & Perf.PERF_SAMPLE_RAW) != 0 ? offset : Absent;
        RawField = RawSize >= 0 ? rawField : Absent;
        MinimumBytes = offset + (RawSize >= 0 ? sizeof(uint) : 0);
    }

    internal ulong SampleType { get; }

    /// <summary>pid and tid, 32 bits each; in the pid namespace of whoever opened the event.</summary>
    internal int Thread { get; }

    internal int Time { get; }

    internal int RawSize { get; }

    internal int RawField { get; }

    /// <summary>A shorter record is broken.</summary>
    internal int MinimumBytes { get; }

    private static int Place(ulong field, ulong sampleType, ref int offset)
    {
        if ((sampleType & field) == 0)
        {
            return Absent;
        }

        int here = offset;
        offset += FieldBytes;
        return here;
    }
}
