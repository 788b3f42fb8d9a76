// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LrngEngine.Crypto;

/// <summary>Eight blocks at once: AVX2, with the rotations and registers of AVX-512VL where the CPU has them.</summary>
internal readonly unsafe struct ChaCha20Vector256 : IChaCha20Vector<Vector256<uint>>
{
    // One lane of each operand (Intel's VPERM2I128): both low ones, both high ones.
    private const byte LowLanes = 0x20;
    private const byte HighLanes = 0x31;

    public static string Name => "v256";

    public static bool IsSupported => Vector256.IsHardwareAccelerated && Avx2.IsSupported;

    public static int Blocks => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Broadcast(uint word) => Vector256.Create(word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Counters(uint first) => Vector256.Create(first) + Vector256<uint>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Add(Vector256<uint> left, Vector256<uint> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Xor(Vector256<uint> left, Vector256<uint> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateLeft(Vector256<uint> vector, [ConstantExpected] byte bits)
    {
        if (Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.RotateLeft(vector, bits);
        }

        // Whole bytes move in one instruction instead of three.
        return bits switch
        {
            16 => Avx2.Shuffle(vector.AsByte(), Vector256.Create(ChaCha20Vector128.RotateLeft16, ChaCha20Vector128.RotateLeft16))
                .AsUInt32(),
            8 => Avx2.Shuffle(vector.AsByte(), Vector256.Create(ChaCha20Vector128.RotateLeft8, ChaCha20Vector128.RotateLeft8))
                .AsUInt32(),
            _ => (vector << bits) | (vector >>> (32 - bits)),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposeLanes(
        ref Vector256<uint> a, ref Vector256<uint> b, ref Vector256<uint> c, ref Vector256<uint> d)
    {
        Vector256<ulong> ab01 = Avx2.UnpackLow(a, b).AsUInt64();
        Vector256<ulong> ab23 = Avx2.UnpackHigh(a, b).AsUInt64();
        Vector256<ulong> cd01 = Avx2.UnpackLow(c, d).AsUInt64();
        Vector256<ulong> cd23 = Avx2.UnpackHigh(c, d).AsUInt64();
        a = Avx2.UnpackLow(ab01, cd01).AsUInt32();
        b = Avx2.UnpackHigh(ab01, cd01).AsUInt32();
        c = Avx2.UnpackLow(ab23, cd23).AsUInt32();
        d = Avx2.UnpackHigh(ab23, cd23).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLanes(
        byte* output, Vector256<uint> row0, Vector256<uint> row1, Vector256<uint> row2, Vector256<uint> row3)
    {
        Avx2.Permute2x128(row0, row1, LowLanes).AsByte().Store(output);
        Avx2.Permute2x128(row2, row3, LowLanes).AsByte().Store(output + 32);
        Avx2.Permute2x128(row0, row1, HighLanes).AsByte().Store(output + 256);
        Avx2.Permute2x128(row2, row3, HighLanes).AsByte().Store(output + 288);
    }
}
