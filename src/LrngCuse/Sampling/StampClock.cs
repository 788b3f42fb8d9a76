// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>The clock that perf stamps with: the finest that this kernel has.</summary>
internal enum StampClock
{
    /// <summary>Perf's own, which is the scheduler's: follows the CPU's counter and costs least, as long as the kernel trusts that counter.</summary>
    Scheduler,

    /// <summary>CLOCK_MONOTONIC_RAW: where the kernel found the counters of the CPUs not in step, the scheduler's clock stands still for
    /// up to a tick, while this one is read from another device.</summary>
    MonotonicRaw,
}
