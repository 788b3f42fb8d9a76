// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Assessment;

namespace LrngCuse.Tests.Assessment;

/// <summary>Reproducible symbols of several kinds.</summary>
internal static class TestSequences
{
    /// <summary>Symbols below <paramref name="alphabetSize"/> that depend on the one before: one in two repeats it.</summary>
    internal static byte[] Symbols(int length, int alphabetSize, ulong seed)
    {
        byte[] symbols = new byte[length];
        ulong state = seed;
        for (int i = 0; i < length; i++)
        {
            // Knuth's MMIX constants; the high bits are used.
            state = state * 6364136223846793005 + 1442695040888963407;
            bool repeats = i > 0 && (state >> 40 & 1) == 0;
            symbols[i] = repeats ? symbols[i - 1] : (byte)((state >> 41) % (ulong)alphabetSize);
        }

        return symbols;
    }

    internal static SymbolSequence Sequence(int length, int alphabetSize, ulong seed) =>
        new(Symbols(length, alphabetSize, seed), alphabetSize);
}
