// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngCuse.Assessment;

/// <summary>SP 800-90B 6.3.3: the likeliest 128 bits of a first-order Markov model of the data.</summary>
internal static class MarkovEstimator
{
    private const int ChainBits = 128;

    internal static Estimate Of(SymbolSequence sequence)
    {
        Debug.Assert(sequence.IsBinary);
        ReadOnlySpan<byte> bits = sequence.Symbols;

        // transitions[2 a + b]: how often b follows a.
        Span<long> transitions = stackalloc long[4];
        transitions.Clear();
        for (int i = 1; i < bits.Length; i++)
        {
            transitions[2 * bits[i - 1] + bits[i]]++;
        }

        long zeros = transitions[0] + transitions[1] + (bits[^1] == 0 ? 1 : 0);
        double p0 = (double)zeros / bits.Length;
        double p00 = Share(transitions[0], transitions[1]);
        double p11 = Share(transitions[3], transitions[2]);
        double p01 = transitions[1] == 0 ? 0 : 1 - p00;
        double p10 = transitions[2] == 0 ? 0 : 1 - p11;
        double cost = LeastCost(Cost(p0), Cost(1 - p0), Cost(p00), Cost(p01), Cost(p10), Cost(p11));
        return Estimate.OfBits(Math.Min(cost / ChainBits, 1.0));
    }

    private static double Share(long part, long rest) => part == 0 ? 0 : (double)part / (part + rest);

    private static double Cost(double p) => p > 0 ? -Math.Log2(p) : double.PositiveInfinity;

    // -log2 of the probabilities of 00...0, 0101...01, 011...1, 100...0, 1010...10 and 11...1 (Table 1); the least of them counts.
    private static double LeastCost(double c0, double c1, double c00, double c01, double c10, double c11)
    {
        ReadOnlySpan<double> costs =
        [
            c0 + 127 * c00,
            c0 + 64 * c01 + 63 * c10,
            c0 + c01 + 126 * c11,
            c1 + c10 + 126 * c00,
            c1 + 64 * c10 + 63 * c01,
            c1 + 127 * c11,
        ];
        double least = ChainBits;
        foreach (double cost in costs)
        {
            least = Math.Min(least, cost);
        }

        return least;
    }
}
