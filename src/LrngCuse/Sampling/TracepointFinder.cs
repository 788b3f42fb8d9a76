// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>Asks the kernel for the tracepoint of an event.</summary>
internal static class TracepointFinder
{
    /// <returns>The tracepoint, or null and why there is none.</returns>
    internal static (Tracepoint? Tracepoint, string Reason) Find(TimerEvent timerEvent)
    {
        using Tracefs? tracefs = Tracefs.Open(out string reason);
        return tracefs is null ? (null, reason) : (tracefs.Find(timerEvent, out reason), reason);
    }
}
