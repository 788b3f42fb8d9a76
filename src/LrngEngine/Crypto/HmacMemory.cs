// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace LrngEngine.Crypto;

/// <summary>
/// HMAC (FIPS 198-1) in memory of the caller: the chaining values behind the inner and the outer padded key, the hash, the inner
/// digest and a block, in this order. Keys are as long as digests.
/// </summary>
internal static unsafe class HmacMemory<THash>
    where THash : struct, IHashFunction
{
    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5c;

    /// <summary>Bytes of the memory, which is aligned to eight bytes.</summary>
    public static int Bytes => BlockAt + THash.BlockBytes;

    /// <summary>Bytes at the beginning that stand for the key; the rest is worthless between two codes.</summary>
    public static int KeyStateBytes => 2 * THash.StateBytes;

    private static int OuterAt => THash.StateBytes;

    private static int HashAt => 2 * THash.StateBytes;

    private static int DigestAt => HashAt + HashMemory<THash>.Bytes;

    private static int BlockAt => DigestAt + THash.DigestBytes;

    /// <summary>Sets the key, <c>DigestBytes</c> bytes: the chaining values behind K XOR ipad and K XOR opad (FIPS 198-1, 4).</summary>
    public static void SetKey(byte* memory, byte* key)
    {
        ChainPaddedKey(memory, key, memory, InnerPad);
        ChainPaddedKey(memory, key, memory + OuterAt, OuterPad);
    }

    /// <summary>Begins a code.</summary>
    public static void Start(byte* memory) =>
        HashMemory<THash>.Resume(memory + HashAt, memory, (ulong)THash.BlockBytes);

    /// <summary>Appends input.</summary>
    public static void Update(byte* memory, byte* input, int bytes) => HashMemory<THash>.Update(memory + HashAt, input, bytes);

    /// <summary>Appends input.</summary>
    public static void Update(byte* memory, ReadOnlySpan<byte> input) => HashMemory<THash>.Update(memory + HashAt, input);

    /// <summary>Writes H(K XOR opad || H(K XOR ipad || input)) (FIPS 198-1, 4).</summary>
    public static void Finish(byte* memory, byte* code)
    {
        byte* hash = memory + HashAt;
        HashMemory<THash>.Finish(hash, memory + DigestAt);
        HashMemory<THash>.Resume(hash, memory + OuterAt, (ulong)THash.BlockBytes);
        HashMemory<THash>.Update(hash, memory + DigestAt, THash.DigestBytes);
        HashMemory<THash>.Finish(hash, code);
    }

    /// <summary>Wipes everything but the key.</summary>
    public static void Clear(byte* memory) =>
        CryptographicOperations.ZeroMemory(new Span<byte>(memory + KeyStateBytes, Bytes - KeyStateBytes));

    private static void ChainPaddedKey(byte* memory, byte* key, byte* state, byte pad)
    {
        byte* block = memory + BlockAt;
        Unsafe.InitBlockUnaligned(block, pad, (uint)THash.BlockBytes);
        for (int at = 0; at < THash.DigestBytes; at += sizeof(ulong))
        {
            Unsafe.WriteUnaligned(block + at, Unsafe.ReadUnaligned<ulong>(block + at) ^ Unsafe.ReadUnaligned<ulong>(key + at));
        }

        THash.Initialize(state);
        THash.Compress(state, memory + HashAt + THash.StateBytes, block, 1);
    }
}
