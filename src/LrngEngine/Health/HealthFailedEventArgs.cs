// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Health;

/// <summary>A continuous health test of an entropy source failed.</summary>
/// <param name="verdict">How badly.</param>
/// <param name="test">Which one.</param>
/// <param name="credited">Whether what the source gave before was credited.</param>
/// <param name="reason">The failure with its numbers, in words.</param>
public sealed class HealthFailedEventArgs(HealthVerdict verdict, HealthTest test, bool credited, string reason) : EventArgs
{
    /// <summary>Intermittent: the source has discarded everything and starts up again. Permanent: it gives nothing any more.</summary>
    public HealthVerdict Verdict { get; } = verdict;

    /// <summary>The test that failed.</summary>
    public HealthTest Test { get; } = test;

    /// <summary>Whether seeds made until now rest on this source.</summary>
    public bool Credited { get; } = credited;

    /// <summary>The failure with its numbers, in words.</summary>
    public string Reason { get; } = reason;
}
