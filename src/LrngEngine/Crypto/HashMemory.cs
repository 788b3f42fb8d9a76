// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LrngEngine.Crypto;

/// <summary>
/// A hash that takes input of any lengths, in memory of the caller: chaining value, scratch of the compression, the block being
/// filled and the number of input bytes, in this order.
/// </summary>
internal static unsafe class HashMemory<THash>
    where THash : struct, IHashFunction
{
    /// <summary>Bytes of the memory, which is aligned to eight bytes.</summary>
    public static int Bytes => CountAt + sizeof(ulong);

    private static int BlockAt => THash.StateBytes + THash.ScratchBytes;

    private static int CountAt => BlockAt + THash.BlockBytes;

    /// <summary>Forgets all input; what else the memory holds is not wiped.</summary>
    public static void Initialize(byte* memory)
    {
        THash.Initialize(memory);
        *(ulong*)(memory + CountAt) = 0;
    }

    /// <summary>Goes on from a chaining value after <paramref name="count"/> bytes of input, a multiple of the block.</summary>
    public static void Resume(byte* memory, byte* state, ulong count)
    {
        Debug.Assert(count % (ulong)THash.BlockBytes == 0, "a chaining value stands between two blocks");
        Unsafe.CopyBlockUnaligned(memory, state, (uint)THash.StateBytes);
        *(ulong*)(memory + CountAt) = count;
    }

    /// <summary>Appends input.</summary>
    public static void Update(byte* memory, ReadOnlySpan<byte> input)
    {
        fixed (byte* bytes = input)
        {
            Update(memory, bytes, input.Length);
        }
    }

    /// <summary>Appends input.</summary>
    public static void Update(byte* memory, byte* input, int bytes)
    {
        ulong* count = (ulong*)(memory + CountAt);
        int filled = (int)(*count % (ulong)THash.BlockBytes);
        *count += (ulong)bytes;

        if (filled > 0)
        {
            int room = THash.BlockBytes - filled;
            Unsafe.CopyBlockUnaligned(memory + BlockAt + filled, input, (uint)Math.Min(bytes, room));
            if (bytes < room)
            {
                return;
            }

            THash.Compress(memory, memory + THash.StateBytes, memory + BlockAt, 1);
            input += room;
            bytes -= room;
        }

        int blocks = bytes / THash.BlockBytes;
        int whole = blocks * THash.BlockBytes;
        THash.Compress(memory, memory + THash.StateBytes, input, blocks);
        Unsafe.CopyBlockUnaligned(memory + BlockAt, input + whole, (uint)(bytes - whole));
    }

    /// <summary>Writes the digest of the input. <see cref="Initialize"/> or <see cref="Resume"/> come next.</summary>
    public static void Finish(byte* memory, byte* digest) => Finish(memory, digest, lastByte: 0, lastBits: 0);

    /// <summary>The same for SHA-2 and input that ends with up to seven bits more, from the most significant bit of
    /// <paramref name="lastByte"/> on.</summary>
    public static void Finish(byte* memory, byte* digest, byte lastByte, int lastBits)
    {
        Debug.Assert(lastBits == 0 || THash.FirstPadByte == Sha256Compression.FirstPadByte, "SHA-3 orders bits the other way round");
        byte* block = memory + BlockAt;
        ulong count = *(ulong*)(memory + CountAt);
        int filled = (int)(count % (ulong)THash.BlockBytes);

        // The first pad byte, zeros, what ends the message; in a block of its own where the two do not fit.
        block[filled++] = (byte)((lastByte & ~(0xff >> lastBits)) | (THash.FirstPadByte >> lastBits));
        Unsafe.InitBlockUnaligned(block + filled, 0, (uint)(THash.BlockBytes - filled));
        if (filled > THash.BlockBytes - THash.EndBytes)
        {
            THash.Compress(memory, memory + THash.StateBytes, block, 1);
            Unsafe.InitBlockUnaligned(block, 0, (uint)THash.BlockBytes);
        }

        // The length in bits ends the block, and that of whole bytes ends with three zeros.
        THash.WriteEnd(block, count);
        block[THash.BlockBytes - 1] |= (byte)lastBits;
        THash.Compress(memory, memory + THash.StateBytes, block, 1);
        THash.WriteDigest(memory, digest);
    }
}
