// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;

namespace LrngCuse.Sampling;

/// <summary>
/// Names of descriptors in systemd's store: <c>perf-irq-CPU-OFFSET</c> and <c>perf-sched-CPU</c>. OFFSET is the place of the interrupt's
/// number in the tracepoint's record, which the daemon may not read for itself.
/// </summary>
internal static class EventName
{
    private const string InterruptPrefix = "perf-irq-";
    private const string SwitchPrefix = "perf-sched-";
    private const string VectorPrefix = "perf-vector-";

    // A record of a tracepoint is shorter (PERF_MAX_TRACE_SIZE).
    private const int MaximumOffset = 8192;

    internal static string Of(OpenedEvent opened) => opened.Event switch
    {
        TimerEvent.Interrupt => string.Create(CultureInfo.InvariantCulture, $"{InterruptPrefix}{opened.Cpu}-{opened.RawField}"),
        TimerEvent.Vector => string.Create(CultureInfo.InvariantCulture, $"{VectorPrefix}{opened.Cpu}-{opened.RawField}-{opened.Vector}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{SwitchPrefix}{opened.Cpu}"),
    };

    /// <returns>False if it is no such name.</returns>
    internal static bool TryParse(string name, int file, out OpenedEvent opened)
    {
        opened = default;
        if (name.StartsWith(SwitchPrefix, StringComparison.Ordinal) && TryParseNumber(name[SwitchPrefix.Length..], out int cpu))
        {
            opened = new OpenedEvent(TimerEvent.Switch, cpu, file, SampleLayout.Absent);
            return true;
        }

        if (name.StartsWith(InterruptPrefix, StringComparison.Ordinal)
            && name[InterruptPrefix.Length..].Split('-') is [var number, var place]
            && TryParseNumber(number, out cpu)
            && TryParseNumber(place, out int offset)
            && offset < MaximumOffset)
        {
            opened = new OpenedEvent(TimerEvent.Interrupt, cpu, file, offset);
            return true;
        }

        return TryParseVector(name, file, out opened);
    }

    private static bool TryParseVector(string name, int file, out OpenedEvent opened)
    {
        opened = default;
        if (name.StartsWith(VectorPrefix, StringComparison.Ordinal)
            && name[VectorPrefix.Length..].Split('-') is [var number, var place, var vector]
            && TryParseNumber(number, out int cpu)
            && TryParseNumber(place, out int offset)
            && offset < MaximumOffset
            && Vectors.Known.Contains(vector))
        {
            opened = new OpenedEvent(TimerEvent.Vector, cpu, file, offset, vector);
            return true;
        }

        return false;
    }

    private static bool TryParseNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
