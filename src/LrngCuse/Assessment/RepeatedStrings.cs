// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>For each length the most frequent string, and the pairs of equal strings: what 6.3.5 and 6.3.6 count.</summary>
internal sealed class RepeatedStrings
{
    // Index: the length of the strings, from 1 to the longest repeated one.
    private readonly int[] _mostFrequent;
    private readonly long[] _equalPairs;

    private RepeatedStrings(int longest)
    {
        _mostFrequent = new int[longest + 1];
        _equalPairs = new long[longest + 1];
    }

    /// <summary>v, the length of the longest string that occurs twice; 0 if not even a symbol does.</summary>
    internal int Longest => _mostFrequent.Length - 1;

    /// <summary>Q[length]: occurrences of the most frequent string of a length, overlapping ones too.</summary>
    internal int MostFrequent(int length) => _mostFrequent[length];

    /// <summary>Sum of (occurrences choose 2) over all strings of a length.</summary>
    internal long EqualPairs(int length) => _equalPairs[length];

    /// <summary>The shortest length of which no string occurs <paramref name="cutoff"/> times; at most Longest + 1.</summary>
    internal int ShortestBelow(int cutoff)
    {
        int length = 1;
        while (length <= Longest && _mostFrequent[length] >= cutoff)
        {
            length++;
        }

        return length;
    }

    internal static RepeatedStrings Of(byte[] text, int alphabetSize)
    {
        int[] shared = LongestCommonPrefixes.Of(text, SuffixArray.Of(text, alphabetSize));
        int longest = 0;
        foreach (int length in shared)
        {
            longest = Math.Max(longest, length);
        }

        var strings = new RepeatedStrings(longest);
        strings.CountIntervals(shared);
        strings.SumUp();
        return strings;
    }

    // Neighbours in order that share at least h symbols form an interval: its suffixes are the occurrences of one string of each length
    // above what the enclosing interval shares, up to h. A stack of open intervals (what is shared, where it begins) visits each once.
    private void CountIntervals(int[] shared)
    {
        int[] heights = new int[Longest + 1];
        int[] starts = new int[Longest + 1];
        int depth = 0;
        for (int i = 1; i <= shared.Length; i++)
        {
            int height = i < shared.Length ? shared[i] : 0;
            int start = i - 1;
            while (depth > 0 && heights[depth - 1] > height)
            {
                depth--;
                start = starts[depth];
                int enclosing = Math.Max(height, depth > 0 ? heights[depth - 1] : 0);
                Count(heights[depth], enclosing, i - start);
            }

            if (height > (depth > 0 ? heights[depth - 1] : 0))
            {
                heights[depth] = height;
                starts[depth++] = start;
            }
        }
    }

    private void Count(int height, int enclosing, int occurrences)
    {
        long pairs = occurrences * (occurrences - 1L) / 2;
        _mostFrequent[height] = Math.Max(_mostFrequent[height], occurrences);
        _equalPairs[height] += pairs;
        _equalPairs[enclosing] -= pairs;
    }

    // What was noted at the greatest length of an interval holds for the shorter ones too.
    private void SumUp()
    {
        for (int length = Longest - 1; length >= 1; length--)
        {
            _mostFrequent[length] = Math.Max(_mostFrequent[length], _mostFrequent[length + 1]);
            _equalPairs[length] += _equalPairs[length + 1];
        }
    }
}
