// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LrngEngine.Crypto;

/// <summary>
/// The compression function of SHA-512 (FIPS 180-4, 6.4.2), in constant time: 128-bit vectors for the message schedule, general
/// purpose registers for the rounds.
/// </summary>
internal static unsafe class Sha512Compression
{
    public const int BlockBytes = 128;
    public const int StateWords = 8;

    /// <summary>Words of memory to work in: sixteen rounds' worth.</summary>
    public const int ScratchWords = 16;

    /// <summary>A one bit follows the message (FIPS 180-4, 5.1.2).</summary>
    public const byte FirstPadByte = 0x80;

    /// <summary>Bytes of the length that ends the last block (FIPS 180-4, 5.1.2).</summary>
    public const int LengthBytes = 16;

    public const int Rounds = 80;

    /// <summary>The fractional parts of the cube roots of the first eighty primes (FIPS 180-4, 4.2.3).</summary>
    public static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
        0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
        0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
        0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
        0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
        0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
        0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
        0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
        0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
        0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
        0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
        0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
        0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
        0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
        0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
        0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
        0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
        0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
        0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
        0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
    ];

    /// <summary>Mixes blocks into the chaining value.</summary>
    /// <param name="state">Eight words, the chaining value.</param>
    /// <param name="scratch">Sixteen words of secret memory to work in; the caller wipes them.</param>
    /// <param name="input">Blocks of 128 bytes, at any address.</param>
    /// <param name="blocks">Number of blocks, may be 0.</param>
    public static void Compress(ulong* state, ulong* scratch, byte* input, int blocks)
    {
        Debug.Assert(blocks >= 0, "a number of blocks");
        fixed (ulong* constants = RoundConstants)
        {
            for (; blocks > 0; blocks--)
            {
                CompressBlock(state, scratch, input, constants);
                input += BlockBytes;
            }
        }
    }

    /// <summary>Ends the last block with the length of the message in bits.</summary>
    public static void WriteLength(byte* block, ulong messageBytes) =>
        BinaryPrimitives.WriteUInt128BigEndian(new Span<byte>(block + BlockBytes - LengthBytes, LengthBytes), (UInt128)messageBytes << 3);

    /// <summary>Writes the first words of the chaining value, big-endian.</summary>
    public static void WriteDigest(ulong* state, byte* digest, int bytes)
    {
        for (int at = 0; at < bytes; at += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64BigEndian(new Span<byte>(digest + at, sizeof(ulong)), state[at / sizeof(ulong)]);
        }
    }

    // kw: K(t) + W(t) of the sixteen rounds that come next. x0 to x7: W(t) of the same, two words each; the two of a pair are
    // replaced by W(t + 16) as soon as their rounds are done, in vectors, beside the rounds in general-purpose registers.
    private static void CompressBlock(ulong* state, ulong* kw, byte* input, ulong* k)
    {
        Vector128<ulong> x0 = First(input, 0, k, kw), x1 = First(input, 2, k, kw);
        Vector128<ulong> x2 = First(input, 4, k, kw), x3 = First(input, 6, k, kw);
        Vector128<ulong> x4 = First(input, 8, k, kw), x5 = First(input, 10, k, kw);
        Vector128<ulong> x6 = First(input, 12, k, kw), x7 = First(input, 14, k, kw);

        ulong a = state[0], b = state[1], c = state[2], d = state[3];
        ulong e = state[4], f = state[5], g = state[6], h = state[7];
        for (int t = 16; t < Rounds; t += 16)
        {
            // Eight rounds bring every variable back to its own name, so nothing has to be moved.
            TwoRounds(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, kw);
            x0 = Next(x0, x1, x4, x5, x7, k + t, kw);
            TwoRounds(ref g, ref h, ref a, ref b, ref c, ref d, ref e, ref f, kw + 2);
            x1 = Next(x1, x2, x5, x6, x0, k + t + 2, kw + 2);
            TwoRounds(ref e, ref f, ref g, ref h, ref a, ref b, ref c, ref d, kw + 4);
            x2 = Next(x2, x3, x6, x7, x1, k + t + 4, kw + 4);
            TwoRounds(ref c, ref d, ref e, ref f, ref g, ref h, ref a, ref b, kw + 6);
            x3 = Next(x3, x4, x7, x0, x2, k + t + 6, kw + 6);
            TwoRounds(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, kw + 8);
            x4 = Next(x4, x5, x0, x1, x3, k + t + 8, kw + 8);
            TwoRounds(ref g, ref h, ref a, ref b, ref c, ref d, ref e, ref f, kw + 10);
            x5 = Next(x5, x6, x1, x2, x4, k + t + 10, kw + 10);
            TwoRounds(ref e, ref f, ref g, ref h, ref a, ref b, ref c, ref d, kw + 12);
            x6 = Next(x6, x7, x2, x3, x5, k + t + 12, kw + 12);
            TwoRounds(ref c, ref d, ref e, ref f, ref g, ref h, ref a, ref b, kw + 14);
            x7 = Next(x7, x0, x3, x4, x6, k + t + 14, kw + 14);
        }

        for (int t = 0; t < ScratchWords; t += 8)
        {
            TwoRounds(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, kw + t);
            TwoRounds(ref g, ref h, ref a, ref b, ref c, ref d, ref e, ref f, kw + t + 2);
            TwoRounds(ref e, ref f, ref g, ref h, ref a, ref b, ref c, ref d, kw + t + 4);
            TwoRounds(ref c, ref d, ref e, ref f, ref g, ref h, ref a, ref b, kw + t + 6);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TwoRounds(
        ref ulong a, ref ulong b, ref ulong c, ref ulong d, ref ulong e, ref ulong f, ref ulong g, ref ulong h, ulong* kw)
    {
        Round(a, b, c, ref d, e, f, g, ref h, kw[0]);
        Round(h, a, b, ref c, d, e, f, ref g, kw[1]);
    }

    // T1 = h + S1(e) + Ch(e, f, g) + K(t) + W(t); T2 = S0(a) + Maj(a, b, c); d += T1; h = T1 + T2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ulong a, ulong b, ulong c, ref ulong d, ulong e, ulong f, ulong g, ref ulong h, ulong kw)
    {
        h += kw;
        h += g ^ (e & (f ^ g));
        h += BitOperations.RotateRight(e, 14) ^ BitOperations.RotateRight(e, 18) ^ BitOperations.RotateRight(e, 41);
        d += h;
        h += (a & b) | (c & (a | b));
        h += BitOperations.RotateRight(a, 28) ^ BitOperations.RotateRight(a, 34) ^ BitOperations.RotateRight(a, 39);
    }

    // W(t), W(t + 1) for t < 16: the block, big-endian.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> First(byte* input, int t, ulong* k, ulong* kw)
    {
        Vector128<ulong> words = Vector128.Load(input + (t * sizeof(ulong))).AsUInt64();
        if (BitConverter.IsLittleEndian)
        {
            Vector128<byte> reversed = Vector128.Create((byte)7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8);
            words = Vector128.Shuffle(words.AsByte(), reversed).AsUInt64();
        }

        (Vector128.Load(k + t) + words).Store(kw + t);
        return words;
    }

    // W(t) = s1(W(t-2)) + W(t-7) + s0(W(t-15)) + W(t-16) for t and t + 1. Each argument holds a word of an even index and the
    // next one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Next(
        Vector128<ulong> w16, Vector128<ulong> w14, Vector128<ulong> w8, Vector128<ulong> w6, Vector128<ulong> w2, ulong* k, ulong* kw)
    {
        Vector128<ulong> w15 = Straddle(w16, w14);
        Vector128<ulong> s0 = RotateRight(w15, 1) ^ RotateRight(w15, 8) ^ (w15 >>> 7);
        Vector128<ulong> s1 = RotateRight(w2, 19) ^ RotateRight(w2, 61) ^ (w2 >>> 6);
        Vector128<ulong> words = w16 + s0 + Straddle(w8, w6) + s1;
        (Vector128.Load(k) + words).Store(kw);
        return words;
    }

    // The second word of the one and the first word of the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Straddle(Vector128<ulong> left, Vector128<ulong> right)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.Shuffle(left.AsDouble(), right.AsDouble(), 0b01).AsUInt64();
        }

        return AdvSimd.IsSupported
            ? AdvSimd.ExtractVector128(left, right, 1)
            : Vector128.Create(left.GetElement(1), right.GetElement(0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> RotateRight(Vector128<ulong> words, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(words, bits) : (words >>> bits) | (words << (64 - bits));
}
