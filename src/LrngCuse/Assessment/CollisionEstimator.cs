// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngCuse.Assessment;

/// <summary>SP 800-90B 6.3.2: the mean time until a bit repeats an earlier one.</summary>
internal static class CollisionEstimator
{
    internal static Estimate Of(SymbolSequence sequence)
    {
        Debug.Assert(sequence.IsBinary);
        ReadOnlySpan<byte> bits = sequence.Symbols;
        long collisions = 0;
        long sum = 0;
        long squares = 0;

        // Two equal bits collide after 2 steps; otherwise the third bit equals one of them.
        for (int i = 0; i + 1 < bits.Length;)
        {
            int time = bits[i] == bits[i + 1] ? 2 : 3;
            if (i + time > bits.Length)
            {
                break;
            }

            collisions++;
            sum += time;
            squares += time * time;
            i += time;
        }

        if (collisions < 2)
        {
            return Estimate.None("fewer than two collisions");
        }

        double mean = (double)sum / collisions;
        double deviation = Math.Sqrt((squares - sum * mean) / (collisions - 1));
        return FromMean(Math.Max(2.0, Confidence.LowerBound(mean, deviation, collisions)));
    }

    // For two symbols step 7 comes down to X' = 2 + 2 p (1 - p), so p = 1/2 + sqrt(5/4 - X'/2); above 5/2 there is no solution and
    // full entropy.
    private static Estimate FromMean(double mean) =>
        Estimate.OfProbability(mean < 2.5 ? 0.5 + Math.Sqrt(1.25 - 0.5 * mean) : 0.5);
}
