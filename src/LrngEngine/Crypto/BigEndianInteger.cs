// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LrngEngine.Crypto;

/// <summary>Additions of big-endian integers, in constant time: every byte of the sum is touched and every carry is added.</summary>
internal static unsafe class BigEndianInteger
{
    /// <summary>Adds two integers and a word to <paramref name="sum"/> modulo 2^(8 * bytes).</summary>
    /// <param name="sum">An integer of <paramref name="bytes"/> bytes, a multiple of eight.</param>
    /// <param name="bytes">Bytes of the sum and of the long addend.</param>
    /// <param name="longAddend">An integer of <paramref name="bytes"/> bytes.</param>
    /// <param name="shortAddend">An integer of <paramref name="shortBytes"/> bytes.</param>
    /// <param name="shortBytes">Bytes of the short addend, a multiple of eight, not more than <paramref name="bytes"/>.</param>
    /// <param name="word">Added as well.</param>
    public static void Add(byte* sum, int bytes, byte* longAddend, byte* shortAddend, int shortBytes, ulong word)
    {
        Debug.Assert(bytes % sizeof(ulong) == 0 && shortBytes % sizeof(ulong) == 0 && shortBytes <= bytes, "whole words");
        sum += bytes;
        longAddend += bytes;
        shortAddend += shortBytes;
        ulong carry = word;
        for (int at = sizeof(ulong); at <= bytes; at += sizeof(ulong))
        {
            ulong first = Sum(Read(sum - at), Read(longAddend - at), out ulong carryOfFirst);
            ulong second = Sum(first, at <= shortBytes ? Read(shortAddend - at) : 0, out ulong carryOfSecond);
            Write(sum - at, Sum(second, carry, out carry));
            carry += carryOfFirst + carryOfSecond;
        }
    }

    /// <summary>Adds an integer to <paramref name="sum"/> modulo 2^(8 * bytes).</summary>
    /// <param name="sum">An integer of <paramref name="bytes"/> bytes, a multiple of eight.</param>
    /// <param name="bytes">Bytes of the sum.</param>
    /// <param name="addend">An integer of <paramref name="addendBytes"/> bytes.</param>
    /// <param name="addendBytes">Bytes of the addend, a multiple of eight, not more than <paramref name="bytes"/>.</param>
    public static void Add(byte* sum, int bytes, byte* addend, int addendBytes)
    {
        Debug.Assert(bytes % sizeof(ulong) == 0 && addendBytes % sizeof(ulong) == 0 && addendBytes <= bytes, "whole words");
        ulong carry = 0;
        for (int at = sizeof(ulong); at <= addendBytes; at += sizeof(ulong))
        {
            byte* word = sum + bytes - at;
            ulong first = Sum(Read(word), Read(addend + addendBytes - at), out ulong carryOfFirst);
            Write(word, Sum(first, carry, out carry));
            carry += carryOfFirst;
        }

        Add(sum, bytes - addendBytes, carry);
    }

    /// <summary>Adds a word to <paramref name="sum"/> modulo 2^(8 * bytes).</summary>
    /// <param name="sum">An integer of <paramref name="bytes"/> bytes, a multiple of eight.</param>
    /// <param name="bytes">Bytes of the sum.</param>
    /// <param name="word">Any word.</param>
    public static void Add(byte* sum, int bytes, ulong word)
    {
        Debug.Assert(bytes % sizeof(ulong) == 0, "whole words");
        for (int at = bytes - sizeof(ulong); at >= 0; at -= sizeof(ulong))
        {
            Write(sum + at, Sum(Read(sum + at), word, out word));
        }
    }

    // The sum carries where the top bit is one in both, or in one of them but not in the sum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Sum(ulong left, ulong right, out ulong carry)
    {
        ulong sum = left + right;
        carry = ((left & right) | ((left | right) & ~sum)) >> 63;
        return sum;
    }

    private static void Write(byte* word, ulong value) =>
        BinaryPrimitives.WriteUInt64BigEndian(new Span<byte>(word, sizeof(ulong)), value);

    private static ulong Read(byte* word) => BinaryPrimitives.ReadUInt64BigEndian(new ReadOnlySpan<byte>(word, sizeof(ulong)));
}
