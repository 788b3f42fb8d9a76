// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngEngine.Crypto;

/// <summary>
/// The steps of AES (FIPS 197, 5.1) on four blocks whose bits are sorted: plane j holds bit j of all sixty-four bytes, byte i of
/// block b at bit 16b + i. Logic operations and shifts by fixed distances only, hence constant time.
/// </summary>
internal static class AesBitslice
{
    /// <summary>Blocks in one set of planes.</summary>
    public const int Blocks = 4;

    /// <summary>64-bit words of a set of planes.</summary>
    public const int Planes = 8;

    /// <summary>Sorts the bits of four blocks in place.</summary>
    public static void Slice(Span<ulong> words)
    {
        Debug.Assert(words.Length == Planes, "four blocks");
        OrderBytes(words);
        TransposeBits(words);
        TransposeBytes(words);
    }

    /// <summary>Undoes <see cref="Slice"/>.</summary>
    public static void Unslice(Span<ulong> planes)
    {
        Debug.Assert(planes.Length == Planes, "four blocks");
        TransposeBytes(planes);
        TransposeBits(planes);
        OrderBytes(planes);
    }

    /// <summary>Byte i = r + 4c (row r, column c) becomes the one of row r and column c + r modulo 4 (FIPS 197, 5.1.2).</summary>
    public static void ShiftRows(Span<ulong> planes)
    {
        const ulong Row = 0x1111111111111111;
        for (int plane = 0; plane < Planes; plane++)
        {
            ulong x = planes[plane];
            planes[plane] = (x & Row)
                | (RotateBlocks(x, 4, 0x0fff0fff0fff0fff) & (Row << 1))
                | (RotateBlocks(x, 8, 0x00ff00ff00ff00ff) & (Row << 2))
                | (RotateBlocks(x, 12, 0x000f000f000f000f) & (Row << 3));
        }
    }

    /// <summary>Row r of a column becomes 2 a(r) + 3 a(r+1) + a(r+2) + a(r+3) (FIPS 197, 5.1.3), that is
    /// 2 t(r) + a(r+1) + t(r+2) with t(r) = a(r) + a(r+1).</summary>
    public static void MixColumns(Span<ulong> planes)
    {
        // The bit that doubling shifts out; it comes back as x^8 = x^4 + x^3 + x + 1.
        ulong top = planes[7] ^ NextRow(planes[7]);
        ulong lower = 0;
        for (int plane = 0; plane < Planes; plane++)
        {
            ulong next = NextRow(planes[plane]);
            ulong sum = planes[plane] ^ next;
            ulong doubled = lower ^ (plane is 0 or 1 or 3 or 4 ? top : 0);
            planes[plane] = doubled ^ next ^ NextRow(NextRow(sum));
            lower = sum;
        }
    }

    /// <summary>The S-box (FIPS 197, 5.1.1) as the circuit of Boyar and Peralta, "A new combinational logic minimization
    /// technique with applications to cryptology" (2010), 113 gates; names as there, x0 and s0 being the highest bits.</summary>
    public static void SubBytes(Span<ulong> planes)
    {
        ulong x0 = planes[7], x1 = planes[6], x2 = planes[5], x3 = planes[4];
        ulong x4 = planes[3], x5 = planes[2], x6 = planes[1], x7 = planes[0];
        // Top linear part.
        ulong y14 = x3 ^ x5, y13 = x0 ^ x6, y9 = x0 ^ x3, y8 = x0 ^ x5;
        ulong t0 = x1 ^ x2, y1 = t0 ^ x7, y4 = y1 ^ x3, y12 = y13 ^ y14;
        ulong y2 = y1 ^ x0, y5 = y1 ^ x6, y3 = y5 ^ y8, t1 = x4 ^ y12;
        ulong y15 = t1 ^ x5, y20 = t1 ^ x1, y6 = y15 ^ x7, y10 = y15 ^ t0;
        ulong y11 = y20 ^ y9, y7 = x7 ^ y11, y17 = y10 ^ y11, y19 = y10 ^ y8;
        ulong y16 = t0 ^ y11, y21 = y13 ^ y16, y18 = x0 ^ y16;
        // The inversion in GF(2^8).
        ulong t2 = y12 & y15, t3 = y3 & y6, t4 = t3 ^ t2, t5 = y4 & x7;
        ulong t6 = t5 ^ t2, t7 = y13 & y16, t8 = y5 & y1, t9 = t8 ^ t7;
        ulong t10 = y2 & y7, t11 = t10 ^ t7, t12 = y9 & y11, t13 = y14 & y17;
        ulong t14 = t13 ^ t12, t15 = y8 & y10, t16 = t15 ^ t12, t17 = t4 ^ t14;
        ulong t18 = t6 ^ t16, t19 = t9 ^ t14, t20 = t11 ^ t16, t21 = t17 ^ y20;
        ulong t22 = t18 ^ y19, t23 = t19 ^ y21, t24 = t20 ^ y18, t25 = t21 ^ t22;
        ulong t26 = t21 & t23, t27 = t24 ^ t26, t28 = t25 & t27, t29 = t28 ^ t22;
        ulong t30 = t23 ^ t24, t31 = t22 ^ t26, t32 = t31 & t30, t33 = t32 ^ t24;
        ulong t34 = t23 ^ t33, t35 = t27 ^ t33, t36 = t24 & t35, t37 = t36 ^ t34;
        ulong t38 = t27 ^ t36, t39 = t29 & t38, t40 = t25 ^ t39, t41 = t40 ^ t37;
        ulong t42 = t29 ^ t33, t43 = t29 ^ t40, t44 = t33 ^ t37, t45 = t42 ^ t41;
        ulong z0 = t44 & y15, z1 = t37 & y6, z2 = t33 & x7, z3 = t43 & y16;
        ulong z4 = t40 & y1, z5 = t29 & y7, z6 = t42 & y11, z7 = t45 & y17;
        ulong z8 = t41 & y10, z9 = t44 & y12, z10 = t37 & y3, z11 = t33 & y4;
        ulong z12 = t43 & y13, z13 = t40 & y5, z14 = t29 & y2, z15 = t42 & y9;
        ulong z16 = t45 & y14, z17 = t41 & y8;
        // Bottom linear part.
        ulong t46 = z15 ^ z16, t47 = z10 ^ z11, t48 = z5 ^ z13, t49 = z9 ^ z10;
        ulong t50 = z2 ^ z12, t51 = z2 ^ z5, t52 = z7 ^ z8, t53 = z0 ^ z3;
        ulong t54 = z6 ^ z7, t55 = z16 ^ z17, t56 = z12 ^ t48, t57 = t50 ^ t53;
        ulong t58 = z4 ^ t46, t59 = z3 ^ t54, t60 = t46 ^ t57, t61 = z14 ^ t57;
        ulong t62 = t52 ^ t58, t63 = t49 ^ t58, t64 = z4 ^ t59, t65 = t61 ^ t62;
        ulong t66 = z1 ^ t63, s0 = t59 ^ t63, s6 = t56 ^ ~t62, s7 = t48 ^ ~t60;
        ulong t67 = t64 ^ t65, s3 = t53 ^ t66, s4 = t51 ^ t66, s5 = t47 ^ t65;
        ulong s1 = t64 ^ ~s3, s2 = t55 ^ ~t67;
        (planes[7], planes[6], planes[5], planes[4]) = (s0, s1, s2, s3);
        (planes[3], planes[2], planes[1], planes[0]) = (s4, s5, s6, s7);
    }

    // Bit i of a block comes from bit i + bits modulo 16; mask: the bits that come from above.
    private static ulong RotateBlocks(ulong x, int bits, ulong mask) => ((x >> bits) & mask) | ((x << (16 - bits)) & ~mask);

    // Bit r of a column comes from bit r + 1 modulo 4.
    private static ulong NextRow(ulong x) => ((x >> 1) & 0x7777777777777777) | ((x << 3) & 0x8888888888888888);

    // Byte k of a word is bits 8k to 8k + 7, whatever the machine.
    private static void OrderBytes(Span<ulong> words)
    {
        if (!BitConverter.IsLittleEndian)
        {
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    // In each word, bit b of byte k and bit k of byte b change places.
    private static void TransposeBits(Span<ulong> words)
    {
        foreach (ref ulong word in words)
        {
            word = Swap(word, 7, 0x00aa00aa00aa00aa);
            word = Swap(word, 14, 0x0000cccc0000cccc);
            word = Swap(word, 28, 0x00000000f0f0f0f0);
        }
    }

    // Byte b of word k and byte k of word b change places: single bytes, pairs, fours.
    private static void TransposeBytes(Span<ulong> words)
    {
        for (int low = 0; low < Planes; low += 2)
        {
            Exchange(ref words[low], ref words[low + 1], 8, 0x00ff00ff00ff00ff);
        }

        for (int low = 0; low < 4; low++)
        {
            int pair = (low & 1) | ((low & 2) << 1);
            Exchange(ref words[pair], ref words[pair + 2], 16, 0x0000ffff0000ffff);
        }

        for (int low = 0; low < 4; low++)
        {
            Exchange(ref words[low], ref words[low + 4], 32, 0x00000000ffffffff);
        }
    }

    // The bits of the mask change places with those that stand further up by the distance.
    private static ulong Swap(ulong word, int distance, ulong mask)
    {
        ulong difference = (word ^ (word >> distance)) & mask;
        return word ^ difference ^ (difference << distance);
    }

    // The upper parts of the one word change places with the lower parts of the other.
    private static void Exchange(ref ulong low, ref ulong high, int distance, ulong mask)
    {
        ulong difference = ((low >> distance) ^ high) & mask;
        high ^= difference;
        low ^= difference << distance;
    }
}
