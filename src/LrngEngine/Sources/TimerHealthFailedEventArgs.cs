// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;

namespace LrngEngine.Sources;

/// <summary>A continuous health test of a timer-based source failed.</summary>
/// <param name="verdict">How badly.</param>
/// <param name="test">Which one.</param>
/// <param name="cpu">On which CPU.</param>
/// <param name="reason">The same with its numbers, in words.</param>
public sealed class TimerHealthFailedEventArgs(HealthVerdict verdict, HealthTest test, int cpu, string reason) : EventArgs
{
    /// <summary>Intermittent: the source has discarded everything and starts up again. Permanent: it gives nothing any more.</summary>
    public HealthVerdict Verdict { get; } = verdict;

    /// <summary>The test that failed.</summary>
    public HealthTest Test { get; } = test;

    /// <summary>The CPU whose events failed it.</summary>
    public int Cpu { get; } = cpu;

    /// <summary>The failure with its numbers, in words.</summary>
    public string Reason { get; } = reason;
}
