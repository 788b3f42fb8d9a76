// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>SP 800-90B 6.3.6: the collision probability of the strings that are too long for the t-tuple estimate.</summary>
internal static class LongestRepeatedSubstringEstimator
{
    /// <param name="sequence">Symbols.</param>
    /// <param name="cutoff">Another than the standard's only for its example.</param>
    internal static Estimate Of(SymbolSequence sequence, int cutoff = TTupleEstimator.Cutoff)
    {
        RepeatedStrings strings = sequence.Repeated;
        int shortest = strings.ShortestBelow(cutoff);
        if (shortest > strings.Longest)
        {
            return Estimate.None($"every repeated string occurs {cutoff} times");
        }

        // p = max over W of (sum of (C choose 2) / ((L - W + 1) choose 2))^(1/W)
        double p = 0;
        for (int length = shortest; length <= strings.Longest; length++)
        {
            long places = sequence.Length - length + 1L;
            p = Math.Max(p, Math.Pow(strings.EqualPairs(length) / (places * (places - 1) / 2.0), 1.0 / length));
        }

        return Estimate.OfProbability(Confidence.UpperBound(p, sequence.Length));
    }
}
