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
/// The compression function of SHA-256 (FIPS 180-4, 6.2.2), in constant time: 128-bit vectors for the message schedule, general
/// purpose registers for the rounds.
/// </summary>
internal static unsafe class Sha256Compression
{
    public const int BlockBytes = 64;
    public const int StateWords = 8;

    /// <summary>Words of memory to work in: sixteen rounds' worth.</summary>
    public const int ScratchWords = 16;

    /// <summary>A one bit follows the message (FIPS 180-4, 5.1.1).</summary>
    public const byte FirstPadByte = 0x80;

    /// <summary>Bytes of the length that ends the last block (FIPS 180-4, 5.1.1).</summary>
    public const int LengthBytes = sizeof(ulong);

    public const int Rounds = 64;

    /// <summary>The fractional parts of the cube roots of the first sixty-four primes (FIPS 180-4, 4.2.2).</summary>
    public static ReadOnlySpan<uint> RoundConstants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>Mixes blocks into the chaining value.</summary>
    /// <param name="state">Eight words, the chaining value.</param>
    /// <param name="scratch">Sixteen words of secret memory to work in; the caller wipes them.</param>
    /// <param name="input">Blocks of 64 bytes, at any address.</param>
    /// <param name="blocks">Number of blocks, may be 0.</param>
    public static void Compress(uint* state, uint* scratch, byte* input, int blocks)
    {
        Debug.Assert(blocks >= 0, "a number of blocks");
        fixed (uint* constants = RoundConstants)
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
        BinaryPrimitives.WriteUInt64BigEndian(new Span<byte>(block + BlockBytes - LengthBytes, LengthBytes), messageBytes << 3);

    /// <summary>Writes the chaining value, big-endian.</summary>
    public static void WriteDigest(uint* state, byte* digest)
    {
        for (int word = 0; word < StateWords; word++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(new Span<byte>(digest + (word * sizeof(uint)), sizeof(uint)), state[word]);
        }
    }

    // kw: K(t) + W(t) of the sixteen rounds that come next. x0 to x3: W(t) of the same, four words each; the four of a vector are
    // replaced by W(t + 16) as soon as their rounds are done, in vectors, beside the rounds in general-purpose registers.
    private static void CompressBlock(uint* state, uint* kw, byte* input, uint* k)
    {
        Vector128<uint> x0 = First(input, 0, k, kw), x1 = First(input, 4, k, kw);
        Vector128<uint> x2 = First(input, 8, k, kw), x3 = First(input, 12, k, kw);

        uint a = state[0], b = state[1], c = state[2], d = state[3];
        uint e = state[4], f = state[5], g = state[6], h = state[7];
        for (int t = 16; t < Rounds; t += 16)
        {
            // Four rounds exchange the halves of the variables, eight bring all back to their own names.
            FourRounds(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, kw);
            x0 = Next(x0, x1, x2, x3, k + t, kw);
            FourRounds(ref e, ref f, ref g, ref h, ref a, ref b, ref c, ref d, kw + 4);
            x1 = Next(x1, x2, x3, x0, k + t + 4, kw + 4);
            FourRounds(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, kw + 8);
            x2 = Next(x2, x3, x0, x1, k + t + 8, kw + 8);
            FourRounds(ref e, ref f, ref g, ref h, ref a, ref b, ref c, ref d, kw + 12);
            x3 = Next(x3, x0, x1, x2, k + t + 12, kw + 12);
        }

        for (int t = 0; t < ScratchWords; t += 8)
        {
            FourRounds(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, kw + t);
            FourRounds(ref e, ref f, ref g, ref h, ref a, ref b, ref c, ref d, kw + t + 4);
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
    private static void FourRounds(
        ref uint a, ref uint b, ref uint c, ref uint d, ref uint e, ref uint f, ref uint g, ref uint h, uint* kw)
    {
        Round(a, b, c, ref d, e, f, g, ref h, kw[0]);
        Round(h, a, b, ref c, d, e, f, ref g, kw[1]);
        Round(g, h, a, ref b, c, d, e, ref f, kw[2]);
        Round(f, g, h, ref a, b, c, d, ref e, kw[3]);
    }

    // T1 = h + S1(e) + Ch(e, f, g) + K(t) + W(t); T2 = S0(a) + Maj(a, b, c); d += T1; h = T1 + T2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(uint a, uint b, uint c, ref uint d, uint e, uint f, uint g, ref uint h, uint kw)
    {
        h += kw;
        h += g ^ (e & (f ^ g));
        h += BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
        d += h;
        h += (a & b) | (c & (a | b));
        h += BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
    }

    // W(t) to W(t + 3) for t < 16: the block, big-endian.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> First(byte* input, int t, uint* k, uint* kw)
    {
        Vector128<uint> words = Vector128.Load(input + (t * sizeof(uint))).AsUInt32();
        if (BitConverter.IsLittleEndian)
        {
            Vector128<byte> reversed = Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
            words = Vector128.Shuffle(words.AsByte(), reversed).AsUInt32();
        }

        (Vector128.Load(k + t) + words).Store(kw + t);
        return words;
    }

    // W(t) = s1(W(t-2)) + W(t-7) + s0(W(t-15)) + W(t-16) for t to t + 3. Each argument holds four words. The upper two of the
    // new words need the lower two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Next(
        Vector128<uint> w16, Vector128<uint> w12, Vector128<uint> w8, Vector128<uint> w4, uint* k, uint* kw)
    {
        Vector128<uint> w15 = Straddle(w16, w12);
        Vector128<uint> s0 = RotateRight(w15, 7) ^ RotateRight(w15, 18) ^ (w15 >>> 3);
        Vector128<uint> words = w16 + s0 + Straddle(w8, w4);

        // Words t-2 and t-1, then t and t+1, each twice; the half that is not wanted is cleared.
        words += Sigma1(Vector128.Shuffle(w4, Vector128.Create(2u, 3, 2, 3))) & Vector128.Create(~0u, ~0u, 0, 0);
        words += Sigma1(Vector128.Shuffle(words, Vector128.Create(0u, 1, 0, 1))) & Vector128.Create(0, 0, ~0u, ~0u);
        (Vector128.Load(k) + words).Store(kw);
        return words;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Sigma1(Vector128<uint> words) =>
        RotateRight(words, 17) ^ RotateRight(words, 19) ^ (words >>> 10);

    // The last three words of the one and the first word of the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Straddle(Vector128<uint> left, Vector128<uint> right)
    {
        if (Ssse3.IsSupported)
        {
            return Ssse3.AlignRight(right.AsByte(), left.AsByte(), sizeof(uint)).AsUInt32();
        }

        return AdvSimd.IsSupported
            ? AdvSimd.ExtractVector128(left, right, 1)
            : Vector128.Create(left.GetElement(1), left.GetElement(2), left.GetElement(3), right.GetElement(0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateRight(Vector128<uint> words, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(words, bits) : (words >>> bits) | (words << (32 - bits));
}
