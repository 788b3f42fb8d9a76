// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>One event of one CPU.</summary>
/// <param name="TimeNanoseconds">The kernel's time of the event; only differences on the same CPU mean anything.</param>
/// <param name="Detail">What else is known of it: interrupt number and interrupted thread, or the thread that left the CPU.</param>
internal readonly record struct PerfRecord(ulong TimeNanoseconds, uint Detail);
