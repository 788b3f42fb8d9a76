// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>A tracepoint as this kernel has it.</summary>
/// <param name="Event">What it stands for.</param>
/// <param name="Id">Its number, for perf_event_attr.config.</param>
/// <param name="RawField">Offset in its record of the field that a sample takes along, or <see cref="SampleLayout.Absent"/>.</param>
/// <param name="Vector">Which of the CPUs' own interrupts; null for the other events.</param>
internal readonly record struct Tracepoint(TimerEvent Event, ulong Id, int RawField, string? Vector = null);
