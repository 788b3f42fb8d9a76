// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LrngEngine.Crypto;

/// <summary>Four messages of 32-bit words at once, or two of 64-bit words: SSSE3 or AdvSIMD.</summary>
internal readonly unsafe struct HashVector128<TWord> : IHashVector<Vector128<TWord>, TWord>
    where TWord : unmanaged
{
    public static string Name => "v128";

    public static bool IsSupported => Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian && (Ssse3.IsSupported || AdvSimd.IsSupported);

    public static int Bits => 128;

    public static int Lanes => Vector128<TWord>.Count;

    public static Vector128<TWord> Indices => Vector128<TWord>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TWord> Broadcast(TWord word) => Vector128.Create(word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TWord> BroadcastBigEndian(byte* word) => typeof(TWord) == typeof(uint)
        ? Vector128.Create(BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(word, sizeof(uint)))).As<uint, TWord>()
        : Vector128.Create(BinaryPrimitives.ReadUInt64BigEndian(new ReadOnlySpan<byte>(word, sizeof(ulong)))).As<ulong, TWord>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TWord> ReverseBytes(Vector128<TWord> vector)
    {
        Vector128<byte> reversed = typeof(TWord) == typeof(uint)
            ? Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
            : Vector128.Create((byte)7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8);
        return Vector128.ShuffleNative(vector.AsByte(), reversed).As<byte, TWord>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TWord> Add(Vector128<TWord> left, Vector128<TWord> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TWord> Carry(Vector128<TWord> sum, Vector128<TWord> addend) =>
        Vector128.LessThan(sum, addend) & Vector128<TWord>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TWord> ShiftLeft(Vector128<TWord> vector, [ConstantExpected] byte bits) => vector << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TWord> ShiftRight(Vector128<TWord> vector, [ConstantExpected] byte bits) => vector >>> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TWord> RotateLeft(Vector128<TWord> vector, [ConstantExpected] byte bits)
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
    public static Vector128<TWord> RotateRight(Vector128<TWord> vector, [ConstantExpected] byte bits)
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
    public static Vector128<TWord> Xor(Vector128<TWord> a, Vector128<TWord> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TWord> Xor(Vector128<TWord> a, Vector128<TWord> b, Vector128<TWord> c) => a ^ b ^ c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TWord> Choose(Vector128<TWord> e, Vector128<TWord> f, Vector128<TWord> g) => g ^ (e & (f ^ g));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TWord> Majority(Vector128<TWord> a, Vector128<TWord> b, Vector128<TWord> c) => (a & b) | (c & (a | b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TWord> Chi(Vector128<TWord> a, Vector128<TWord> b, Vector128<TWord> c) => a ^ Vector128.AndNot(c, b);
}
