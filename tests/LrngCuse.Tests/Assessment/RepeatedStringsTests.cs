// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Assessment;

namespace LrngCuse.Tests.Assessment;

/// <summary>Suffix array and counts of strings against what comparing everything gives.</summary>
[TestFixture]
internal sealed class RepeatedStringsTests
{
    private static IEnumerable<byte[]> Texts =>
    [
        [0],
        [1, 0],
        [0, 0, 0, 0, 0, 0],
        [0, 1, 0, 1, 0, 1, 0],
        [2, 1, 0, 2, 1, 0, 0, 1, 2],
        .. from alphabetSize in new[] { 2, 3, 5, 256 } from seed in Enumerable.Range(1, 10)
           select TestSequences.Symbols(40 * seed, alphabetSize, (ulong)seed),
    ];

    [TestCaseSource(nameof(Texts))]
    public void Suffixes_are_in_order(byte[] text)
    {
        int[] order = SuffixArray.Of(text, 256);
        Assert.That(order, Is.EquivalentTo(Enumerable.Range(0, text.Length)));
        for (int i = 1; i < order.Length; i++)
        {
            Assert.That(text.AsSpan(order[i - 1]).SequenceCompareTo(text.AsSpan(order[i])), Is.Negative);
        }
    }

    [TestCaseSource(nameof(Texts))]
    public void Strings_of_every_length_are_counted(byte[] text)
    {
        RepeatedStrings strings = RepeatedStrings.Of(text, 256);
        for (int length = 1; length <= strings.Longest + 1 && length <= text.Length; length++)
        {
            int[] counts = [.. Enumerable.Range(0, text.Length - length + 1)
                .GroupBy(start => Convert.ToHexString(text, start, length)).Select(group => group.Count())];
            bool repeats = length <= strings.Longest;
            Assert.That(counts.Max(), repeats ? Is.EqualTo(strings.MostFrequent(length)) : Is.EqualTo(1));
            Assert.That(counts.Sum(count => count * (count - 1L) / 2), Is.EqualTo(repeats ? strings.EqualPairs(length) : 0));
        }
    }
}
