// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Numerics;

namespace LrngCuse.Assessment;

/// <summary>How samples depend linearly on earlier ones; for a picture, not for an estimate.</summary>
internal static class Autocorrelation
{
    // More say no more in a picture.
    private const int MaximumSamples = 1 << 20;

    // Sums of so many products are exact enough in single precision.
    private const int PieceLength = 4096;

    /// <returns>The correlation coefficient for each lag from 1 on; 0 for constant samples.</returns>
    internal static double[] Of(ReadOnlySpan<byte> samples, int lags)
    {
        samples = samples[..Math.Min(samples.Length, MaximumSamples)];
        double mean = 0;
        foreach (byte sample in samples)
        {
            mean += sample;
        }

        mean /= samples.Length;
        float[] centred = new float[samples.Length];
        for (int i = 0; i < centred.Length; i++)
        {
            centred[i] = (float)(samples[i] - mean);
        }

        double variance = Product(centred, centred);
        double[] result = new double[Math.Min(lags, samples.Length - 1)];
        for (int lag = 1; lag <= result.Length; lag++)
        {
            result[lag - 1] = variance > 0 ? Product(centred.AsSpan(lag), centred.AsSpan(0, centred.Length - lag)) / variance : 0;
        }

        return result;
    }

    private static double Product(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double sum = 0;
        for (int start = 0; start < left.Length; start += PieceLength)
        {
            int length = Math.Min(PieceLength, left.Length - start);
            sum += PieceProduct(left.Slice(start, length), right.Slice(start, length));
        }

        return sum;
    }

    private static float PieceProduct(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        Vector<float> sums = Vector<float>.Zero;
        int i = 0;
        for (; i + Vector<float>.Count <= left.Length; i += Vector<float>.Count)
        {
            sums += new Vector<float>(left[i..]) * new Vector<float>(right[i..]);
        }

        float sum = Vector.Sum(sums);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
