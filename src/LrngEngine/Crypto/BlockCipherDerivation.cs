// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Diagnostics;

namespace LrngEngine.Crypto;

/// <summary>Block_Cipher_df (SP 800-90A, 10.3.2) with AES-256: seed material of any length to 48 bytes.</summary>
/// <remarks>The three chains of BCC (10.3.3), which differ in their first block only, run side by side.</remarks>
internal static unsafe class BlockCipherDerivation
{
    /// <summary>Bytes of the result: a key and a block.</summary>
    public const int OutputBytes = AesKernel.KeyBytes + AesKernel.BlockBytes;

    private const int BlockBytes = AesKernel.BlockBytes;
    private const int Chains = OutputBytes / BlockBytes;

    // K of step 8: 00 01 02 ... 1f.
    private static ReadOnlySpan<byte> ChainingKey =>
    [
        0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f,
        0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f,
    ];

    /// <summary>Bytes of secret memory to work in: an expanded key, the chains and a block.</summary>
    public static int WorkBytes(AesKernel kernel) => kernel.ExpandedKeyBytes + OutputBytes + BlockBytes;

    /// <summary>Derives 48 bytes from three strings, one after the other.</summary>
    /// <param name="kernel">Encrypts.</param>
    /// <param name="work"><see cref="WorkBytes"/> bytes, wiped by the caller.</param>
    /// <param name="output">48 bytes.</param>
    /// <param name="first">The first string; the three together are less than 2^32 bytes.</param>
    /// <param name="second">The second string.</param>
    /// <param name="third">The third string.</param>
    public static void Derive(
        AesKernel kernel, byte* work, byte* output, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        byte* chains = work + kernel.ExpandedKeyBytes;
        var block = new Span<byte>(chains + OutputBytes, BlockBytes);
        fixed (byte* key = ChainingKey)
        {
            kernel.ExpandKey(key, work);
        }

        // IV of chain i: i in 32 bits, then zeros (step 9.1). The chaining value starts as zero, so the IV is what is encrypted.
        new Span<byte>(chains, OutputBytes).Clear();
        for (int chain = 0; chain < Chains; chain++)
        {
            chains[(chain * BlockBytes) + 3] = (byte)chain;
        }

        kernel.Encrypt(work, chains, Chains);

        // S = L || N || input_string || 0x80, zeros up to a whole block (steps 4 and 5).
        long length = (long)first.Length + second.Length + third.Length;
        Debug.Assert(length <= uint.MaxValue, "the caller limits its inputs");
        BinaryPrimitives.WriteUInt32BigEndian(block, (uint)length);
        BinaryPrimitives.WriteUInt32BigEndian(block[sizeof(uint)..], OutputBytes);
        int filled = 2 * sizeof(uint);
        Append(kernel, work, ref filled, first);
        Append(kernel, work, ref filled, second);
        Append(kernel, work, ref filled, third);
        Append(kernel, work, ref filled, [0x80]);
        if (filled > 0)
        {
            block[filled..].Clear();
            Chain(kernel, work);
        }

        Expand(kernel, work, output);
    }

    // K and X are what the chains end with; then X = Block_Encrypt(K, X) three times gives the result (steps 10 to 15).
    private static void Expand(AesKernel kernel, byte* work, byte* output)
    {
        byte* chains = work + kernel.ExpandedKeyBytes;
        byte* x = chains + AesKernel.KeyBytes;
        kernel.ExpandKey(chains, work);
        for (int at = 0; at < OutputBytes; at += BlockBytes)
        {
            kernel.Encrypt(work, x, 1);
            Buffer.MemoryCopy(x, output + at, BlockBytes, BlockBytes);
        }
    }

    private static void Append(AesKernel kernel, byte* work, ref int filled, ReadOnlySpan<byte> input)
    {
        var block = new Span<byte>(work + kernel.ExpandedKeyBytes + OutputBytes, BlockBytes);
        while (!input.IsEmpty)
        {
            int taken = Math.Min(input.Length, BlockBytes - filled);
            input[..taken].CopyTo(block[filled..]);
            input = input[taken..];
            filled += taken;
            if (filled == BlockBytes)
            {
                Chain(kernel, work);
                filled = 0;
            }
        }
    }

    // chaining_value = Block_Encrypt(K, chaining_value XOR block), for all chains (10.3.3, step 4).
    private static void Chain(AesKernel kernel, byte* work)
    {
        byte* chains = work + kernel.ExpandedKeyBytes;
        byte* block = chains + OutputBytes;
        for (int at = 0; at < OutputBytes; at++)
        {
            chains[at] ^= block[at % BlockBytes];
        }

        kernel.Encrypt(work, chains, Chains);
    }
}
