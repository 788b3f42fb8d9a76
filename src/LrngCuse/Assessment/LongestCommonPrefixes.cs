// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>How much each suffix shares with the one before it in order (Kärkkäinen, Manzini, Puglisi: "Permuted LCP Array").</summary>
internal static class LongestCommonPrefixes
{
    /// <param name="text">The text.</param>
    /// <param name="order">Its suffix array; overwritten by the result and returned. The first entry is 0.</param>
    internal static int[] Of(ReadOnlySpan<byte> text, int[] order)
    {
        // First the neighbour in order of each suffix, then, in the same place, what it shares with it.
        int[] shared = new int[order.Length];
        shared[order[0]] = -1;
        for (int i = 1; i < order.Length; i++)
        {
            shared[order[i]] = order[i - 1];
        }

        // A suffix shares at most one symbol less than the suffix that starts one symbol before it.
        int length = 0;
        for (int i = 0; i < shared.Length; i++)
        {
            int neighbour = shared[i];
            length = neighbour < 0 ? 0 : length + text[(i + length)..].CommonPrefixLength(text[(neighbour + length)..]);
            shared[i] = length;
            length = Math.Max(0, length - 1);
        }

        for (int i = 0; i < order.Length; i++)
        {
            order[i] = shared[order[i]];
        }

        return order;
    }
}
