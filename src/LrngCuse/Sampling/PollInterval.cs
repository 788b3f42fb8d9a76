// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>
/// How often a file is looked at: twice as often after a change, half as often without one, from 10 ms to a second; and never so often
/// that reading it takes more than 2 % of a CPU (a machine of many CPUs needs milliseconds to write the file). Not thread safe.
/// </summary>
internal sealed class PollInterval
{
    internal static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private const int CostFactor = 50;

    internal TimeSpan Current { get; private set; } = Longest;

    /// <param name="changed">Whether there was anything new.</param>
    /// <param name="cost">Time that the look took.</param>
    internal void Adapt(bool changed, TimeSpan cost)
    {
        TimeSpan wanted = changed ? Current / 2 : Current * 2;
        TimeSpan least = cost * CostFactor > Shortest ? cost * CostFactor : Shortest;
        wanted = wanted < least ? least : wanted;
        Current = wanted > Longest ? Longest : wanted;
    }
}
