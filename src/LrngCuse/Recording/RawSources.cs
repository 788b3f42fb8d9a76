// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Sampling;

namespace LrngCuse.Recording;

/// <summary>Names and properties of what can be recorded.</summary>
internal static class RawSources
{
    /// <summary>What each value is, for the help text.</summary>
    internal const string Help = """
        what a value is:
          irq, sched              what the source stores of an event, as LRNG does: its time stamp, 32 bits, for the first 101 events;
                                  then stamp / divisor modulo 256, the divisor being the greatest common one of the first 100 stamps.
                                  The stamp is perf's clock in ns; events of all CPUs are in the order of their time
          jitter                  a time delta in steps of the cycle counter (ticks / common divisor), after the start-up test
          irq-other, sched-other  the 32 bits that are mixed in besides, uncredited: interrupt number xor interrupted thread
                                  rotated by 16 bits; thread that left the CPU
          irq-array, sched-array  the collection array of a CPU when it is full, 256 words of 32 bits
          irq-cost, sched-cost    ticks of the cycle counter that the source spends on one event
        """;

    private static readonly Dictionary<string, RawSource> s_byName = new(StringComparer.Ordinal)
    {
        ["irq"] = RawSource.Irq,
        ["sched"] = RawSource.Sched,
        ["jitter"] = RawSource.Jitter,
        ["irq-other"] = RawSource.IrqOther,
        ["sched-other"] = RawSource.SchedOther,
        ["irq-array"] = RawSource.IrqArray,
        ["sched-array"] = RawSource.SchedArray,
        ["irq-cost"] = RawSource.IrqCost,
        ["sched-cost"] = RawSource.SchedCost,
    };

    internal static string[] Names { get; } = [.. s_byName.Keys];

    internal static RawSource Parse(string name) => s_byName[name];

    internal static string NameOf(RawSource source) => s_byName.First(pair => pair.Value == source).Key;

    /// <summary>Whether an assessment of the values makes sense: the noise itself, of which 8 bits are used.</summary>
    internal static bool IsNoise(RawSource source) => source is RawSource.Irq or RawSource.Sched or RawSource.Jitter;

    /// <summary>As wide as the values are meant to be used.</summary>
    internal static RawFormat DefaultFormat(RawSource source) => IsNoise(source) ? RawFormat.U8 : RawFormat.U32;

    internal static TimerEvent EventOf(RawSource source) =>
        source is RawSource.Irq or RawSource.IrqOther or RawSource.IrqArray or RawSource.IrqCost ? TimerEvent.Interrupt : TimerEvent.Switch;
}
