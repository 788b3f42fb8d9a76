// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Recording;

/// <summary>Differences of consecutive stored values. A regular event shows in them, and does not in the values.</summary>
internal static class RawDeltas
{
    /// <param name="values">Values, row after row.</param>
    /// <param name="rowLength">Length of a row, whose differences are one less; null: one row.</param>
    internal static ulong[] Of(ReadOnlySpan<ulong> values, int? rowLength)
    {
        int length = rowLength ?? Math.Max(values.Length, 1);
        var deltas = new List<ulong>(values.Length);
        for (int i = 1; i < values.Length; i++)
        {
            if (i % length != 0)
            {
                deltas.Add((byte)(values[i] - values[i - 1]));
            }
        }

        return [.. deltas];
    }
}
