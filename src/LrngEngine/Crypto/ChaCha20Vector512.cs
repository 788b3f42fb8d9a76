// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LrngEngine.Crypto;

/// <summary>Sixteen blocks at once: AVX-512.</summary>
internal readonly unsafe struct ChaCha20Vector512 : IChaCha20Vector<Vector512<uint>>
{
    // Two lanes of each operand (Intel's VSHUFI32X4): both low ones, both high ones, both even ones, both odd ones.
    private const byte LowLanes = 0b01_00_01_00;
    private const byte HighLanes = 0b11_10_11_10;
    private const byte EvenLanes = 0b10_00_10_00;
    private const byte OddLanes = 0b11_01_11_01;

    public static string Name => "v512";

    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    public static int Blocks => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Broadcast(uint word) => Vector512.Create(word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Counters(uint first) => Vector512.Create(first) + Vector512<uint>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Add(Vector512<uint> left, Vector512<uint> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Xor(Vector512<uint> left, Vector512<uint> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateLeft(Vector512<uint> vector, [ConstantExpected] byte bits) =>
        Avx512F.RotateLeft(vector, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposeLanes(
        ref Vector512<uint> a, ref Vector512<uint> b, ref Vector512<uint> c, ref Vector512<uint> d)
    {
        Vector512<ulong> ab01 = Avx512F.UnpackLow(a, b).AsUInt64();
        Vector512<ulong> ab23 = Avx512F.UnpackHigh(a, b).AsUInt64();
        Vector512<ulong> cd01 = Avx512F.UnpackLow(c, d).AsUInt64();
        Vector512<ulong> cd23 = Avx512F.UnpackHigh(c, d).AsUInt64();
        a = Avx512F.UnpackLow(ab01, cd01).AsUInt32();
        b = Avx512F.UnpackHigh(ab01, cd01).AsUInt32();
        c = Avx512F.UnpackLow(ab23, cd23).AsUInt32();
        d = Avx512F.UnpackHigh(ab23, cd23).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLanes(
        byte* output, Vector512<uint> row0, Vector512<uint> row1, Vector512<uint> row2, Vector512<uint> row3)
    {
        Vector512<uint> low01 = Avx512F.Shuffle4x128(row0, row1, LowLanes);
        Vector512<uint> low23 = Avx512F.Shuffle4x128(row2, row3, LowLanes);
        Vector512<uint> high01 = Avx512F.Shuffle4x128(row0, row1, HighLanes);
        Vector512<uint> high23 = Avx512F.Shuffle4x128(row2, row3, HighLanes);
        Avx512F.Shuffle4x128(low01, low23, EvenLanes).AsByte().Store(output);
        Avx512F.Shuffle4x128(low01, low23, OddLanes).AsByte().Store(output + 256);
        Avx512F.Shuffle4x128(high01, high23, EvenLanes).AsByte().Store(output + 512);
        Avx512F.Shuffle4x128(high01, high23, OddLanes).AsByte().Store(output + 768);
    }
}
