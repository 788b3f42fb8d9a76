// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>
/// Takes one record of each interrupt of one CPU. The n handlers of a line run one after the other on the CPU that was interrupted, so
/// every n-th record of the line there belongs to another interrupt, wherever the count begins and however many records are lost in
/// between. Not thread safe.
/// </summary>
internal sealed class InterruptFilter(InterruptLines lines)
{
    private readonly Dictionary<uint, int> _toSkip = [];

    /// <returns>Whether the record is an event of its own; never for a line whose number of handlers is unknown.</returns>
    internal bool Takes(uint interrupt)
    {
        int actions = lines.ActionsOf(interrupt);
        if (actions <= 1)
        {
            return actions != InterruptLines.Unknown;
        }

        int skip = _toSkip.GetValueOrDefault(interrupt);
        _toSkip[interrupt] = skip > 0 ? skip - 1 : actions - 1;
        return skip == 0;
    }
}
