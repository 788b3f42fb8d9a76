// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Crypto;

/// <summary>Input of a hash and the lengths of the updates in which it is given; the last update takes what remains.</summary>
internal sealed record HashInput(byte[] Bytes, int[] Pieces)
{
    public IEnumerable<byte[]> Updates()
    {
        int at = 0;
        foreach (int piece in Pieces)
        {
            int end = Math.Min(at + piece, Bytes.Length);
            yield return Bytes[at..end];
            at = end;
        }

        yield return Bytes[at..];
    }
}
