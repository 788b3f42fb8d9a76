// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>Asks the kernel for the tracepoint of an event.</summary>
internal static class TracepointFinder
{
    /// <returns>The tracepoint, or null and why there is none.</returns>
    internal static (Tracepoint? Tracepoint, string Reason) Find(TimerEvent timerEvent) => Find(timerEvent, vector: null);

    /// <param name="vector">Which of the CPUs' own interrupts.</param>
    /// <returns>The tracepoint, or null and why there is none.</returns>
    internal static (Tracepoint? Tracepoint, string Reason) FindVector(string vector) => Find(TimerEvent.Vector, vector);

    private static (Tracepoint? Tracepoint, string Reason) Find(TimerEvent timerEvent, string? vector)
    {
        using Tracefs? tracefs = Tracefs.Open(out string reason);
        return tracefs is null ? (null, reason) : (tracefs.Find(timerEvent, vector, out reason), reason);
    }
}
