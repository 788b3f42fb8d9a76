// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>A sample as the kernel wrote it; fields that were not asked for are 0.</summary>
/// <param name="TimeNanoseconds">By the clock that perf uses unless told otherwise, see <see cref="PerfAttributes"/>.</param>
/// <param name="ProcessId">Of the thread that ran.</param>
/// <param name="ThreadId">Of the thread that ran.</param>
/// <param name="RawField">The tracepoint's field, such as the interrupt's number.</param>
internal readonly record struct PerfSample(ulong TimeNanoseconds, uint ProcessId, uint ThreadId, uint RawField);
