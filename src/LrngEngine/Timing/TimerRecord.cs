// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Timing;

/// <summary>One event of the machine as a timer-based entropy source takes it.</summary>
/// <param name="Stamp">When the event happened, in nanoseconds of the CPU's clock.</param>
/// <param name="Other">What else is known of the event, for example interrupt number and instruction pointer folded into 32 bits;
/// mixed in and never counted. 0 if there is nothing.</param>
public readonly record struct TimerRecord(ulong Stamp, uint Other = 0);
