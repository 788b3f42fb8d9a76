// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>SP 800-90B 6.3.1: the proportion of the most frequent symbol, with a 99 % bound.</summary>
internal static class MostCommonValueEstimator
{
    internal static Estimate Of(SymbolSequence sequence)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (byte symbol in sequence.Symbols)
        {
            counts[symbol]++;
        }

        int mode = 0;
        foreach (int count in counts)
        {
            mode = Math.Max(mode, count);
        }

        return Estimate.OfProbability(Confidence.UpperBound((double)mode / sequence.Length, sequence.Length));
    }
}
