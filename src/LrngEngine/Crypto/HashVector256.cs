// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LrngEngine.Crypto;

/// <summary>Eight messages of 32-bit words at once, or four of 64-bit words: AVX2.</summary>
internal readonly unsafe struct HashVector256<TWord> : IHashVector<Vector256<TWord>, TWord>
    where TWord : unmanaged
{
    public static string Name => "v256";

    public static bool IsSupported => Vector256.IsHardwareAccelerated && Avx2.IsSupported;

    public static int Bits => 256;

    public static int Lanes => Vector256<TWord>.Count;

    public static Vector256<TWord> Indices => Vector256<TWord>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TWord> Broadcast(TWord word) => Vector256.Create(word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TWord> BroadcastBigEndian(byte* word) => typeof(TWord) == typeof(uint)
        ? Vector256.Create(BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(word, sizeof(uint)))).As<uint, TWord>()
        : Vector256.Create(BinaryPrimitives.ReadUInt64BigEndian(new ReadOnlySpan<byte>(word, sizeof(ulong)))).As<ulong, TWord>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TWord> ReverseBytes(Vector256<TWord> vector)
    {
        Vector128<byte> reversed = typeof(TWord) == typeof(uint)
            ? Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
            : Vector128.Create((byte)7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8);
        return Avx2.Shuffle(vector.AsByte(), Vector256.Create(reversed)).As<byte, TWord>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TWord> Add(Vector256<TWord> left, Vector256<TWord> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TWord> Carry(Vector256<TWord> sum, Vector256<TWord> addend) =>
        Vector256.LessThan(sum, addend) & Vector256<TWord>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TWord> ShiftLeft(Vector256<TWord> vector, [ConstantExpected] byte bits) => vector << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TWord> ShiftRight(Vector256<TWord> vector, [ConstantExpected] byte bits) => vector >>> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TWord> RotateLeft(Vector256<TWord> vector, [ConstantExpected] byte bits)
    {
        if (!Avx512F.VL.IsSupported)
        {
            return (vector << bits) | (vector >>> ((8 * sizeof(TWord)) - bits));
        }

        return typeof(TWord) == typeof(uint)
            ? Avx512F.VL.RotateLeft(vector.AsUInt32(), bits).As<uint, TWord>()
            : Avx512F.VL.RotateLeft(vector.AsUInt64(), bits).As<ulong, TWord>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TWord> RotateRight(Vector256<TWord> vector, [ConstantExpected] byte bits)
    {
        if (!Avx512F.VL.IsSupported)
        {
            return (vector >>> bits) | (vector << ((8 * sizeof(TWord)) - bits));
        }

        return typeof(TWord) == typeof(uint)
            ? Avx512F.VL.RotateRight(vector.AsUInt32(), bits).As<uint, TWord>()
            : Avx512F.VL.RotateRight(vector.AsUInt64(), bits).As<ulong, TWord>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TWord> Xor(Vector256<TWord> a, Vector256<TWord> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TWord> Xor(Vector256<TWord> a, Vector256<TWord> b, Vector256<TWord> c) => a ^ b ^ c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TWord> Choose(Vector256<TWord> e, Vector256<TWord> f, Vector256<TWord> g) => g ^ (e & (f ^ g));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TWord> Majority(Vector256<TWord> a, Vector256<TWord> b, Vector256<TWord> c) => (a & b) | (c & (a | b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TWord> Chi(Vector256<TWord> a, Vector256<TWord> b, Vector256<TWord> c) => a ^ Vector256.AndNot(c, b);
}
