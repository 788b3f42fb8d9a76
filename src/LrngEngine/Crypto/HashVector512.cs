// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LrngEngine.Crypto;

/// <summary>Sixteen messages of 32-bit words at once, or eight of 64-bit words: AVX-512.</summary>
internal readonly unsafe struct HashVector512<TWord> : IHashVector<Vector512<TWord>, TWord>
    where TWord : unmanaged
{
    // Tables of three variables: bit 4a + 2b + c is the result.
    private const byte ChooseTable = 0b1100_1010;
    private const byte MajorityTable = 0b1110_1000;
    private const byte XorTable = 0b1001_0110;
    private const byte ChiTable = 0b1101_0010;

    public static string Name => "v512";

    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported;

    public static int Bits => 512;

    public static int Lanes => Vector512<TWord>.Count;

    public static Vector512<TWord> Indices => Vector512<TWord>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TWord> Broadcast(TWord word) => Vector512.Create(word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TWord> BroadcastBigEndian(byte* word) => typeof(TWord) == typeof(uint)
        ? Vector512.Create(BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(word, sizeof(uint)))).As<uint, TWord>()
        : Vector512.Create(BinaryPrimitives.ReadUInt64BigEndian(new ReadOnlySpan<byte>(word, sizeof(ulong)))).As<ulong, TWord>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TWord> ReverseBytes(Vector512<TWord> vector)
    {
        Vector128<byte> reversed = typeof(TWord) == typeof(uint)
            ? Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
            : Vector128.Create((byte)7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8);
        return Avx512BW.Shuffle(vector.AsByte(), Vector512.Create(reversed)).As<byte, TWord>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TWord> Add(Vector512<TWord> left, Vector512<TWord> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TWord> Carry(Vector512<TWord> sum, Vector512<TWord> addend) =>
        Vector512.LessThan(sum, addend) & Vector512<TWord>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TWord> ShiftLeft(Vector512<TWord> vector, [ConstantExpected] byte bits) => vector << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TWord> ShiftRight(Vector512<TWord> vector, [ConstantExpected] byte bits) => vector >>> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TWord> RotateLeft(Vector512<TWord> vector, [ConstantExpected] byte bits) => typeof(TWord) == typeof(uint)
        ? Avx512F.RotateLeft(vector.AsUInt32(), bits).As<uint, TWord>()
        : Avx512F.RotateLeft(vector.AsUInt64(), bits).As<ulong, TWord>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TWord> RotateRight(Vector512<TWord> vector, [ConstantExpected] byte bits) => typeof(TWord) == typeof(uint)
        ? Avx512F.RotateRight(vector.AsUInt32(), bits).As<uint, TWord>()
        : Avx512F.RotateRight(vector.AsUInt64(), bits).As<ulong, TWord>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TWord> Xor(Vector512<TWord> a, Vector512<TWord> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TWord> Xor(Vector512<TWord> a, Vector512<TWord> b, Vector512<TWord> c) => Ternary(a, b, c, XorTable);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TWord> Choose(Vector512<TWord> e, Vector512<TWord> f, Vector512<TWord> g) => Ternary(e, f, g, ChooseTable);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TWord> Majority(Vector512<TWord> a, Vector512<TWord> b, Vector512<TWord> c) =>
        Ternary(a, b, c, MajorityTable);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TWord> Chi(Vector512<TWord> a, Vector512<TWord> b, Vector512<TWord> c) => Ternary(a, b, c, ChiTable);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<TWord> Ternary(
        Vector512<TWord> a, Vector512<TWord> b, Vector512<TWord> c, [ConstantExpected] byte table) =>
        Avx512F.TernaryLogic(a.AsUInt64(), b.AsUInt64(), c.AsUInt64(), table).As<ulong, TWord>();
}
