// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngCuse.Assessment;

/// <summary>SP 800-90B 6.3.4: Maurer's universal statistic over blocks of six bits.</summary>
internal static class CompressionEstimator
{
    /// <summary>b, bits of a block.</summary>
    internal const int BlockBits = 6;

    /// <summary>d, blocks that only fill the dictionary.</summary>
    internal const int DictionaryBlocks = 1000;

    private const int BlockValues = 1 << BlockBits;

    // c of step 5 for b = 6: sigma = c sqrt(...).
    private const double DeviationFactor = 0.5907;

    // What a term of G may leave out: far below the rounding of the sum.
    private const double Negligible = 1e-40;

    /// <param name="sequence">Bits.</param>
    /// <param name="dictionaryBlocks">d; another than the standard's only for its example.</param>
    internal static Estimate Of(SymbolSequence sequence, int dictionaryBlocks = DictionaryBlocks)
    {
        Debug.Assert(sequence.IsBinary);
        int blocks = sequence.Length / BlockBits;
        if (blocks < dictionaryBlocks + 2)
        {
            return Estimate.None("too few blocks of six bits");
        }

        double[] logarithms = new double[blocks + 1];
        for (int i = 1; i <= blocks; i++)
        {
            logarithms[i] = Math.Log2(i);
        }

        double mean = LowerBoundOfMean(sequence.Symbols, blocks, dictionaryBlocks, logarithms);
        double p = Solve(mean, dictionaryBlocks, logarithms);
        return p > 1.0 / BlockValues ? Estimate.OfBits(Math.Abs(Math.Log2(p)) / BlockBits) : Estimate.OfBits(1.0);
    }

    // X = mean of log2(distance to the last equal block), or to the beginning; sigma = c sqrt(sum log2^2 / (v - 1) - X^2).
    private static double LowerBoundOfMean(ReadOnlySpan<byte> bits, int blocks, int dictionaryBlocks, double[] logarithms)
    {
        Span<int> last = stackalloc int[BlockValues];
        last.Clear();
        double sum = 0;
        double squares = 0;
        for (int i = 1; i <= blocks; i++)
        {
            int block = 0;
            foreach (byte bit in bits.Slice((i - 1) * BlockBits, BlockBits))
            {
                block = block << 1 | bit;
            }

            if (i > dictionaryBlocks)
            {
                double logarithm = logarithms[i - last[block]];
                sum += logarithm;
                squares += logarithm * logarithm;
            }

            last[block] = i;
        }

        int tested = blocks - dictionaryBlocks;
        double mean = sum / tested;
        double deviation = DeviationFactor * Math.Sqrt(Math.Max(0, squares / (tested - 1.0) - mean * mean));
        return Confidence.LowerBound(mean, deviation, tested);
    }

    // The p in (1/64, 1) with G(p) + 63 G(q) = X', q = (1 - p) / 63; the left side falls as p grows. 1/64 if there is none.
    private static double Solve(double mean, int dictionaryBlocks, double[] logarithms)
    {
        double low = 1.0 / BlockValues;
        double high = 1.0;
        if (Expected(low, dictionaryBlocks, logarithms) <= mean)
        {
            return low;
        }

        for (double p = (low + high) / 2; low < p && p < high; p = (low + high) / 2)
        {
            if (Expected(p, dictionaryBlocks, logarithms) > mean)
            {
                low = p;
            }
            else
            {
                high = p;
            }
        }

        return high;
    }

    private static double Expected(double p, int dictionaryBlocks, double[] logarithms)
    {
        double q = (1 - p) / (BlockValues - 1);
        return G(p, dictionaryBlocks, logarithms) + (BlockValues - 1) * G(q, dictionaryBlocks, logarithms);
    }

    // G(z) = 1/v sum_{t=d+1..L} sum_{u=1..t} log2(u) F(z, t, u), with F = z^2 (1-z)^(u-1) for u < t and z (1-z)^(t-1) for u = t.
    // Exchanging the sums, each term s(u) = log2(u) (1-z)^(u-1) counts z^2 (L - max(u, d)) times, and z times more if u > d.
    private static double G(double z, int dictionaryBlocks, double[] logarithms)
    {
        int blocks = logarithms.Length - 1;
        double power = 1 - z;
        double before = 0;
        double last = 0;
        for (int u = 2; u <= blocks && power > Negligible; u++, power *= 1 - z)
        {
            double term = logarithms[u] * power;
            before += term * (blocks - Math.Max(u, dictionaryBlocks));
            last += u > dictionaryBlocks ? term : 0;
        }

        return z * (z * before + last) / (blocks - dictionaryBlocks);
    }
}
