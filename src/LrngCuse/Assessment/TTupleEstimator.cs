// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>SP 800-90B 6.3.5: the most frequent string of each length that is frequent enough to be measured.</summary>
internal static class TTupleEstimator
{
    /// <summary>Strings count up to the length of which one occurs this often.</summary>
    internal const int Cutoff = 35;

    /// <param name="sequence">Symbols.</param>
    /// <param name="cutoff">Another than the standard's only for its example.</param>
    internal static Estimate Of(SymbolSequence sequence, int cutoff = Cutoff)
    {
        RepeatedStrings strings = sequence.Repeated;
        int end = strings.ShortestBelow(cutoff);

        // p = max over i of (Q[i] / (L - i + 1))^(1/i)
        double p = 0;
        for (int i = 1; i < end; i++)
        {
            p = Math.Max(p, Math.Pow(strings.MostFrequent(i) / (sequence.Length - i + 1.0), 1.0 / i));
        }

        return p > 0
            ? Estimate.OfProbability(Confidence.UpperBound(p, sequence.Length))
            : Estimate.None($"no symbol occurs {cutoff} times");
    }
}
