// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;

namespace LrngEngine.Crypto;

/// <summary>SHA3-512 in blocks (FIPS 202, 6.1): the chaining value is the whole state of the sponge.</summary>
internal readonly unsafe struct Sha3_512Function : IHashFunction
{
    // The rate: what the capacity of two digests leaves of the state.
    public static int BlockBytes => Keccak1600.StateBytes - (2 * DigestBytes);

    public static int DigestBytes => 512 / 8;

    public static int StateBytes => Keccak1600.StateBytes;

    public static int ScratchBytes => 0;

    // The suffix 01 of the SHA-3 functions and the first bit of the padding 10*1 (FIPS 202, 6.1 and B.2).
    public static byte FirstPadByte => 0x06;

    // The last bit of the padding shares the last byte with whatever is there.
    public static int EndBytes => 0;

    public static void Initialize(byte* state) => new Span<byte>(state, StateBytes).Clear();

    public static void Compress(byte* state, byte* scratch, byte* blocks, int count)
    {
        ulong* lanes = (ulong*)state;
        for (; count > 0; count--)
        {
            for (int at = 0; at < BlockBytes; at += sizeof(ulong))
            {
                lanes[at / sizeof(ulong)] ^= BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(blocks + at, sizeof(ulong)));
            }

            Keccak1600.Permute(lanes);
            blocks += BlockBytes;
        }
    }

    public static void WriteEnd(byte* block, ulong messageBytes) => block[BlockBytes - 1] |= 0x80;

    public static void WriteDigest(byte* state, byte* digest)
    {
        for (int at = 0; at < DigestBytes; at += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(new Span<byte>(digest + at, sizeof(ulong)), *(ulong*)(state + at));
        }
    }
}
