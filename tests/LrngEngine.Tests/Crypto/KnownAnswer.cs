// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Crypto;

/// <summary>A known-answer test and its two negative twins: with the expectation or the input changed by one bit it must fail.
/// A comparison that never fails would pass the first alone.</summary>
internal static class KnownAnswer
{
    public static void Check(Func<byte[], byte[]> compute, byte[] input, string expectedHex)
    {
        byte[] expected = Convert.FromHexString(expectedHex);
        Assert.Multiple(() =>
        {
            Assert.That(compute(input), Is.EqualTo(expected));
            Assert.That(compute(input), Is.Not.EqualTo(Changed(expected)), "changed expectation");
            Assert.That(compute(Changed(input)), Is.Not.EqualTo(expected), "changed input");
        });
    }

    /// <summary>The same bytes with the lowest bit of the last one flipped; of no bytes, one.</summary>
    public static byte[] Changed(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return [1];
        }

        byte[] changed = [.. bytes];
        changed[^1] ^= 1;
        return changed;
    }
}
