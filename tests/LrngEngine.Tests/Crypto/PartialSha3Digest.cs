// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using Org.BouncyCastle.Crypto.Digests;

namespace LrngEngine.Tests.Crypto;

/// <summary>BouncyCastle's SHA-3 of input that ends within a byte, which it shows to those only who inherit from it.</summary>
internal sealed class PartialSha3Digest(int digestBits) : Sha3Digest(digestBits)
{
    /// <param name="input">Whole bytes.</param>
    /// <param name="lastByte">What follows, from the least significant bit on.</param>
    /// <param name="lastBits">How many bits of it.</param>
    public byte[] Digest(byte[] input, byte lastByte, int lastBits)
    {
        byte[] output = new byte[GetDigestSize()];
        BlockUpdate(input, 0, input.Length);
        _ = DoFinal(output, 0, lastByte, lastBits);
        return output;
    }
}
