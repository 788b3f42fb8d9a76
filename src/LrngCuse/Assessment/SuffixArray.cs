// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>
/// The suffixes of a text in order, by induced sorting in linear time (Nong, Zhang, Chan: "Two Efficient Algorithms for Linear Time
/// Suffix Array Construction"). A suffix is of type S if it is below the one that starts a symbol later, otherwise of type L; the
/// leftmost S of each run (LMS) are sorted first, by recursion over their names, and order all others.
/// </summary>
internal static class SuffixArray
{
    private const int None = -1;

    private interface IText
    {
        int Length { get; }

        int this[int index] { get; }
    }

    internal static int[] Of(byte[] text, int alphabetSize) => Sort(new ByteText(text), alphabetSize);

    private static int[] Sort<TText>(TText text, int alphabetSize)
        where TText : struct, IText
    {
        int length = text.Length;
        int[] order = new int[length];
        if (length < 2)
        {
            return order;
        }

        bool[] isS = new bool[length];
        for (int i = length - 2; i >= 0; i--)
        {
            isS[i] = text[i] < text[i + 1] || (text[i] == text[i + 1] && isS[i + 1]);
        }

        (int[] starts, int[] middles) = Buckets(text, isS, alphabetSize);
        int[] lms = LeftmostS(isS);
        Induce(text, isS, starts, middles, lms, order);
        if (lms.Length > 1)
        {
            Induce(text, isS, starts, middles, InOrder(text, isS, lms, order), order);
        }

        return order;
    }

    // Where the suffixes that begin with a symbol start, and where those of type S among them start.
    private static (int[] Starts, int[] Middles) Buckets<TText>(TText text, bool[] isS, int alphabetSize)
        where TText : struct, IText
    {
        int[] starts = new int[alphabetSize + 1];
        int[] middles = new int[alphabetSize];
        for (int i = 0; i < text.Length; i++)
        {
            starts[text[i] + 1]++;
            middles[text[i]] += isS[i] ? 0 : 1;
        }

        for (int symbol = 0; symbol < alphabetSize; symbol++)
        {
            middles[symbol] += starts[symbol];
            starts[symbol + 1] += starts[symbol];
        }

        return (starts, middles);
    }

    private static int[] LeftmostS(bool[] isS)
    {
        int count = 0;
        for (int i = 1; i < isS.Length; i++)
        {
            count += isS[i] && !isS[i - 1] ? 1 : 0;
        }

        int[] lms = new int[count];
        for (int i = 1, next = 0; i < isS.Length; i++)
        {
            if (isS[i] && !isS[i - 1])
            {
                lms[next++] = i;
            }
        }

        return lms;
    }

    // From the order of the LMS suffixes to that of those of type L, ascending, and from these to that of all of type S, descending.
    private static void Induce<TText>(TText text, bool[] isS, int[] starts, int[] middles, int[] lms, int[] order)
        where TText : struct, IText
    {
        Array.Fill(order, None);
        int[] next = [.. middles];
        foreach (int position in lms)
        {
            order[next[text[position]]++] = position;
        }

        starts.AsSpan(0, next.Length).CopyTo(next);
        order[next[text[text.Length - 1]]++] = text.Length - 1;
        for (int i = 0; i < order.Length; i++)
        {
            int before = order[i] - 1;
            if (before >= 0 && !isS[before])
            {
                order[next[text[before]]++] = before;
            }
        }

        starts.AsSpan(1).CopyTo(next);
        for (int i = order.Length - 1; i >= 0; i--)
        {
            int before = order[i] - 1;
            if (before >= 0 && isS[before])
            {
                order[--next[text[before]]] = before;
            }
        }
    }

    // The LMS suffixes in order. Their substrings were ordered by the first pass; equal ones share a name, and the names are sorted
    // as a text.
    private static int[] InOrder<TText>(TText text, bool[] isS, int[] lms, int[] order)
        where TText : struct, IText
    {
        int[] ordinals = new int[text.Length];
        for (int i = 0; i < lms.Length; i++)
        {
            ordinals[lms[i]] = i + 1;
        }

        int[] names = new int[lms.Length];
        int name = None;
        int previous = None;
        foreach (int position in order)
        {
            if (position >= 0 && ordinals[position] > 0)
            {
                name += previous == None || !SameSubstring(text, lms, ordinals[previous] - 1, ordinals[position] - 1) ? 1 : 0;
                names[ordinals[position] - 1] = name;
                previous = position;
            }
        }

        int[] sorted = name + 1 == lms.Length ? Inverse(names) : Sort(new NumberText(names), name + 1);
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = lms[sorted[i]];
        }

        return sorted;
    }

    // Whether the text from one LMS position to the next, inclusive, is the same at both; the last one runs into the end and equals none.
    private static bool SameSubstring<TText>(TText text, int[] lms, int first, int second)
        where TText : struct, IText
    {
        if (first + 1 == lms.Length || second + 1 == lms.Length || lms[first + 1] - lms[first] != lms[second + 1] - lms[second])
        {
            return false;
        }

        for (int i = lms[first], j = lms[second]; i <= lms[first + 1]; i++, j++)
        {
            if (text[i] != text[j])
            {
                return false;
            }
        }

        return true;
    }

    private static int[] Inverse(int[] permutation)
    {
        int[] inverse = new int[permutation.Length];
        for (int i = 0; i < permutation.Length; i++)
        {
            inverse[permutation[i]] = i;
        }

        return inverse;
    }

    private readonly struct ByteText(byte[] symbols) : IText
    {
        public int Length => symbols.Length;

        public int this[int index] => symbols[index];
    }

    private readonly struct NumberText(int[] symbols) : IText
    {
        public int Length => symbols.Length;

        public int this[int index] => symbols[index];
    }
}
