// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LrngEngine.Crypto;

/// <summary>Four blocks at once: SSE2 with SSSE3 and AVX-512VL where the CPU has them, or AdvSIMD on arm64.</summary>
internal readonly unsafe struct ChaCha20Vector128 : IChaCha20Vector<Vector128<uint>>
{
    public static string Name => "v128";

    public static bool IsSupported => Vector128.IsHardwareAccelerated && (Sse2.IsSupported || AdvSimd.Arm64.IsSupported);

    public static int Blocks => 4;

    /// <summary>Byte indices that rotate each 32-bit element left by 16 bits.</summary>
    internal static Vector128<byte> RotateLeft16
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
    }

    /// <summary>Byte indices that rotate each 32-bit element left by 8 bits.</summary>
    internal static Vector128<byte> RotateLeft8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Broadcast(uint word) => Vector128.Create(word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Counters(uint first) => Vector128.Create(first) + Vector128<uint>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Add(Vector128<uint> left, Vector128<uint> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Xor(Vector128<uint> left, Vector128<uint> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> RotateLeft(Vector128<uint> vector, [ConstantExpected] byte bits)
    {
        if (Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.RotateLeft(vector, bits);
        }

        // Whole bytes move in one instruction instead of three.
        if (Ssse3.IsSupported || AdvSimd.IsSupported)
        {
            switch (bits)
            {
                case 16:
                    return Vector128.Shuffle(vector.AsByte(), RotateLeft16).AsUInt32();
                case 8:
                    return Vector128.Shuffle(vector.AsByte(), RotateLeft8).AsUInt32();
                default:
                    break;
            }
        }

        return (vector << bits) | (vector >>> (32 - bits));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposeLanes(
        ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
        Vector128<ulong> ab01 = UnpackLow(a, b).AsUInt64();
        Vector128<ulong> ab23 = UnpackHigh(a, b).AsUInt64();
        Vector128<ulong> cd01 = UnpackLow(c, d).AsUInt64();
        Vector128<ulong> cd23 = UnpackHigh(c, d).AsUInt64();
        a = UnpackLow(ab01, cd01).AsUInt32();
        b = UnpackHigh(ab01, cd01).AsUInt32();
        c = UnpackLow(ab23, cd23).AsUInt32();
        d = UnpackHigh(ab23, cd23).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLanes(
        byte* output, Vector128<uint> row0, Vector128<uint> row1, Vector128<uint> row2, Vector128<uint> row3)
    {
        row0.AsByte().Store(output);
        row1.AsByte().Store(output + 16);
        row2.AsByte().Store(output + 32);
        row3.AsByte().Store(output + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> UnpackLow(Vector128<uint> left, Vector128<uint> right) =>
        Sse2.IsSupported ? Sse2.UnpackLow(left, right) : AdvSimd.Arm64.ZipLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> UnpackHigh(Vector128<uint> left, Vector128<uint> right) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(left, right) : AdvSimd.Arm64.ZipHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> UnpackLow(Vector128<ulong> left, Vector128<ulong> right) =>
        Sse2.IsSupported ? Sse2.UnpackLow(left, right) : AdvSimd.Arm64.ZipLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> UnpackHigh(Vector128<ulong> left, Vector128<ulong> right) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(left, right) : AdvSimd.Arm64.ZipHigh(left, right);
}
