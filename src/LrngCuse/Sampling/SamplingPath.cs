// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>Where the records of an event come from.</summary>
internal enum SamplingPath
{
    /// <summary>From nowhere.</summary>
    None,

    /// <summary>Ring buffers of perf events.</summary>
    PerfEvents,

    /// <summary>Changes in /proc/interrupts, stamped when they are seen: never credited.</summary>
    ProcInterrupts,
}
