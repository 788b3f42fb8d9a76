// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Numerics;

namespace LrngCuse.Assessment;

/// <summary>The samples of a file, and the two sequences that are assessed: the symbols as they are, and their bits.</summary>
internal sealed class SampleSet
{
    private SampleSet(byte[] samples, int bitsPerSymbol, SymbolSequence literal)
    {
        Samples = samples;
        BitsPerSymbol = bitsPerSymbol;
        Literal = literal;
    }

    /// <summary>As they were read.</summary>
    internal ReadOnlyMemory<byte> Samples { get; }

    /// <summary>n, the width of a sample.</summary>
    internal int BitsPerSymbol { get; }

    /// <summary>The samples, renamed in ascending order to 0..k-1 for the k values that occur.</summary>
    internal SymbolSequence Literal { get; }

    /// <summary>Bits of all samples that are set in one of them, counted from the lowest: at least 1.</summary>
    internal static int WidthOf(ReadOnlySpan<byte> samples)
    {
        byte used = 1;
        foreach (byte sample in samples)
        {
            used |= sample;
        }

        return BitOperations.Log2(used) + 1;
    }

    /// <param name="samples">At least one; kept, not copied.</param>
    /// <param name="bitsPerSymbol">At least the width of the samples.</param>
    internal static SampleSet Of(byte[] samples, int bitsPerSymbol)
    {
        Span<bool> occurs = stackalloc bool[256];
        occurs.Clear();
        foreach (byte sample in samples)
        {
            occurs[sample] = true;
        }

        Span<byte> names = stackalloc byte[256];
        int alphabetSize = 0;
        for (int value = 0; value < 256; value++)
        {
            names[value] = (byte)alphabetSize;
            alphabetSize += occurs[value] ? 1 : 0;
        }

        byte[] symbols = new byte[samples.Length];
        for (int i = 0; i < symbols.Length; i++)
        {
            symbols[i] = names[samples[i]];
        }

        return new SampleSet(samples, bitsPerSymbol, new SymbolSequence(symbols, alphabetSize));
    }

    /// <summary>
    /// The bits of the samples, not of their new names, the highest first; none for two symbols, which are assessed as bits anyway.
    /// </summary>
    internal SymbolSequence? ToBits()
    {
        if (Literal.AlphabetSize <= 2)
        {
            return null;
        }

        ReadOnlySpan<byte> samples = Samples.Span;
        byte[] bits = new byte[(long)samples.Length * BitsPerSymbol];
        int next = 0;
        foreach (byte sample in samples)
        {
            for (int bit = BitsPerSymbol - 1; bit >= 0; bit--)
            {
                bits[next++] = (byte)(sample >> bit & 1);
            }
        }

        return new SymbolSequence(bits, 2);
    }
}
