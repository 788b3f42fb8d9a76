// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Sampling;

namespace LrngCuse.Recording;

/// <summary>An event in the order of all CPUs.</summary>
/// <param name="Cpu">Where it happened.</param>
/// <param name="Record">The event.</param>
/// <param name="Order">When it was delivered; settles the order of equal stamps.</param>
internal readonly record struct MergedEvent(int Cpu, PerfRecord Record, long Order) : IComparable<MergedEvent>
{
    public int CompareTo(MergedEvent other)
    {
        int byTime = Record.TimeNanoseconds.CompareTo(other.Record.TimeNanoseconds);
        return byTime != 0 ? byTime : Order.CompareTo(other.Order);
    }

    public static bool operator <(MergedEvent left, MergedEvent right) => left.CompareTo(right) < 0;

    public static bool operator >(MergedEvent left, MergedEvent right) => left.CompareTo(right) > 0;

    public static bool operator <=(MergedEvent left, MergedEvent right) => left.CompareTo(right) <= 0;

    public static bool operator >=(MergedEvent left, MergedEvent right) => left.CompareTo(right) >= 0;
}
