// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using LrngEngine.Memory;
using LrngEngine.Timing;

namespace LrngEngine.SelfTests;

/// <summary>LRNG's self-tests of the time-stamp management (reference 9, items 1 and 4).</summary>
internal static class TimingSelfTests
{
    internal static IEnumerable<KnownAnswerTest> All => [DataArray, GreatestCommonDivisor];

    // 0 into the first slot; the bytes 4, 1, 2, 3 as a word, which begins at the second slot and so is split; 5, 6, 7. Then slots
    // with their own numbers. Expected are the first two words, and then the first, the second and the last one.
    private static KnownAnswerTest DataArray => new(
        SelfTestAreas.DataArray,
        "data array",
        [0, 4, 1, 2, 3, 5, 6, 7],
        [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 252, 253, 254, 255],
        FillArray);

    // The stamps i * 3: the divisor is 3. LRNG takes ten of them, here a whole window.
    private static KnownAnswerTest GreatestCommonDivisor => new(
        SelfTestAreas.GreatestCommonDivisor,
        "greatest common divisor",
        Stamps(),
        [3],
        FindDivisor);

    private static void FillArray(SecretArena arena, ReadOnlySpan<byte> input, Span<byte> answer)
    {
        const int HeadBytes = 2 * sizeof(uint);
        using var pool = new CollectionPool(arena, CollectionPool.DefaultSlots);
        Poison(pool);
        _ = pool.AddSlot(input[0]);
        uint word = BinaryPrimitives.ReadUInt32LittleEndian(input[1..]);
        _ = pool.BeginWord(word);
        pool.EndWord(word);
        foreach (byte value in input[5..])
        {
            _ = pool.AddSlot(value);
        }

        pool.Content[..HeadBytes].CopyTo(answer);
        pool.Wipe();
        Poison(pool);
        for (int slot = 0; slot < CollectionPool.DefaultSlots; slot++)
        {
            _ = pool.AddSlot((byte)slot);
        }

        pool.Content[..HeadBytes].CopyTo(answer[HeadBytes..]);
        pool.Content[^sizeof(uint)..].CopyTo(answer[(2 * HeadBytes)..]);
    }

    // What is left of earlier events must not shine through.
    private static void Poison(CollectionPool pool)
    {
        for (int slot = 0; slot < CollectionPool.DefaultSlots; slot++)
        {
            _ = pool.AddSlot(byte.MaxValue);
        }
    }

    private static byte[] Stamps()
    {
        byte[] stamps = new byte[Timing.GreatestCommonDivisor.WindowStamps * sizeof(ushort)];
        for (int i = 0; i < Timing.GreatestCommonDivisor.WindowStamps; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(stamps.AsSpan(i * sizeof(ushort)), (ushort)(i * 3));
        }

        return stamps;
    }

    private static void FindDivisor(SecretArena arena, ReadOnlySpan<byte> input, Span<byte> answer)
    {
        using var divisor = new GreatestCommonDivisor(arena);
        for (int at = 0; at < input.Length; at += sizeof(ushort))
        {
            divisor.Add(BinaryPrimitives.ReadUInt16LittleEndian(input[at..]));
        }

        // The stamp after a full window makes it known.
        divisor.Add(0);
        answer[0] = (byte)divisor.Value;
    }
}
