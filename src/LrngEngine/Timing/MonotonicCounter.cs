// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngEngine.Timing;

/// <summary>
/// The system's monotonic clock (on Linux CLOCK_MONOTONIC, in nanoseconds) for programs that cannot read the CPU's own counter.
/// It is coarser than a cycle counter where the clock behind it is; the start-up test of the jitter source measures its step,
/// divides by it, and refuses a clock whose jitter does not show.
/// </summary>
public sealed class MonotonicCounter : CycleCounter
{
    /// <inheritdoc/>
    public override ulong Read() => (ulong)Stopwatch.GetTimestamp();
}
