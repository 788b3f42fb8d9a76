// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Diagnostics;

namespace LrngEngine.Crypto;

/// <summary>Additions of big-endian integers, in constant time: every byte of the sum is touched and every carry is added.</summary>
internal static unsafe class BigEndianInteger
{
    /// <summary>Adds <paramref name="addend"/> to <paramref name="sum"/> modulo 2^(8 * sumBytes).</summary>
    /// <param name="sum">An integer of <paramref name="sumBytes"/> bytes, a multiple of eight.</param>
    /// <param name="sumBytes">Bytes of the sum.</param>
    /// <param name="addend">An integer of <paramref name="addendBytes"/> bytes, a multiple of eight and not longer.</param>
    /// <param name="addendBytes">Bytes of the addend.</param>
    public static void Add(byte* sum, int sumBytes, byte* addend, int addendBytes)
    {
        Debug.Assert(sumBytes % sizeof(ulong) == 0 && addendBytes % sizeof(ulong) == 0 && addendBytes <= sumBytes, "whole words");
        ulong carry = 0;
        for (int at = sizeof(ulong); at <= sumBytes; at += sizeof(ulong))
        {
            ulong other = at <= addendBytes ? Read(addend + addendBytes - at) : 0;
            AddWord(sum + sumBytes - at, other, ref carry);
        }
    }

    /// <summary>Adds a word to <paramref name="sum"/> modulo 2^(8 * sumBytes).</summary>
    public static void Add(byte* sum, int sumBytes, ulong addend)
    {
        Debug.Assert(sumBytes % sizeof(ulong) == 0, "whole words");
        ulong carry = 0;
        for (int at = sizeof(ulong); at <= sumBytes; at += sizeof(ulong))
        {
            AddWord(sum + sumBytes - at, addend, ref carry);
            addend = 0;
        }
    }

    private static void AddWord(byte* word, ulong addend, ref ulong carry)
    {
        ulong old = Read(word);
        ulong sum = old + addend + carry;

        // The top bit carries where both have it, or one has it and the sum has not.
        carry = ((old & addend) | ((old | addend) & ~sum)) >> 63;
        BinaryPrimitives.WriteUInt64BigEndian(new Span<byte>(word, sizeof(ulong)), sum);
    }

    private static ulong Read(byte* word) => BinaryPrimitives.ReadUInt64BigEndian(new ReadOnlySpan<byte>(word, sizeof(ulong)));
}
