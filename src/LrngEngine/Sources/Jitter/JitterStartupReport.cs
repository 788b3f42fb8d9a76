// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources.Jitter;

/// <summary>Result of a start-up test.</summary>
/// <param name="Finding">The verdict.</param>
/// <param name="Divisor">Greatest common divisor of the deltas in counter ticks: the step of the clock; 1 if not computed.</param>
/// <param name="Reason">The verdict in words.</param>
public readonly record struct JitterStartupReport(JitterStartupFinding Finding, ulong Divisor, string Reason)
{
    /// <summary>Whether the source may be used.</summary>
    public bool Passed => Finding == JitterStartupFinding.Passed;
}
