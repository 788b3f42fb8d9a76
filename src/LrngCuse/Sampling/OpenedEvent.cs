// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>A descriptor of an event on one CPU. Whoever takes it closes it.</summary>
/// <param name="Event">What is sampled.</param>
/// <param name="Cpu">Number of the CPU.</param>
/// <param name="File">The descriptor.</param>
/// <param name="RawField">As in <see cref="Tracepoint"/>.</param>
/// <param name="Vector">Which of the CPUs' own interrupts; null for the other events.</param>
internal readonly record struct OpenedEvent(TimerEvent Event, int Cpu, int File, int RawField, string? Vector = null);
