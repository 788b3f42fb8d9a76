// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace LrngEngine.Crypto;

/// <summary>One ChaCha20 block (RFC 8439, 2.3) in general-purpose registers.</summary>
internal static unsafe class ScalarChaCha20Block
{
    /// <summary>Writes the 64 bytes of the block with the given counter; the counter in the matrix is not looked at.</summary>
    public static void Write(uint* state, uint counter, byte* output)
    {
        uint x0 = state[0], x1 = state[1], x2 = state[2], x3 = state[3];
        uint x4 = state[4], x5 = state[5], x6 = state[6], x7 = state[7];
        uint x8 = state[8], x9 = state[9], x10 = state[10], x11 = state[11];
        uint x12 = counter, x13 = state[13], x14 = state[14], x15 = state[15];

        for (int doubleRound = 0; doubleRound < 10; doubleRound++)
        {
            QuarterRound(ref x0, ref x4, ref x8, ref x12);
            QuarterRound(ref x1, ref x5, ref x9, ref x13);
            QuarterRound(ref x2, ref x6, ref x10, ref x14);
            QuarterRound(ref x3, ref x7, ref x11, ref x15);
            QuarterRound(ref x0, ref x5, ref x10, ref x15);
            QuarterRound(ref x1, ref x6, ref x11, ref x12);
            QuarterRound(ref x2, ref x7, ref x8, ref x13);
            QuarterRound(ref x3, ref x4, ref x9, ref x14);
        }

        Store(output, 0, x0 + state[0]);
        Store(output, 1, x1 + state[1]);
        Store(output, 2, x2 + state[2]);
        Store(output, 3, x3 + state[3]);
        Store(output, 4, x4 + state[4]);
        Store(output, 5, x5 + state[5]);
        Store(output, 6, x6 + state[6]);
        Store(output, 7, x7 + state[7]);
        Store(output, 8, x8 + state[8]);
        Store(output, 9, x9 + state[9]);
        Store(output, 10, x10 + state[10]);
        Store(output, 11, x11 + state[11]);
        Store(output, 12, x12 + counter);
        Store(output, 13, x13 + state[13]);
        Store(output, 14, x14 + state[14]);
        Store(output, 15, x15 + state[15]);
    }

    // RFC 8439, 2.1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRound(ref uint a, ref uint b, ref uint c, ref uint d)
    {
        a += b;
        d = BitOperations.RotateLeft(d ^ a, 16);
        c += d;
        b = BitOperations.RotateLeft(b ^ c, 12);
        a += b;
        d = BitOperations.RotateLeft(d ^ a, 8);
        c += d;
        b = BitOperations.RotateLeft(b ^ c, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(byte* output, int word, uint value) =>
        Unsafe.WriteUnaligned(output + (4 * word), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
}
