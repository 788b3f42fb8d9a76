// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LrngEngine.Crypto;

/// <summary>The permutation Keccak-f[1600] (FIPS 202, 3.3 and 3.4) in general-purpose registers, in constant time.</summary>
internal static unsafe class Keccak1600
{
    /// <summary>Lanes of the state; lane x + 5y is A[x, y], in the byte order of the machine.</summary>
    public const int Lanes = 25;

    /// <summary>Bytes of the state.</summary>
    public const int StateBytes = Lanes * sizeof(ulong);

    /// <summary>The outputs of rc(t) (FIPS 202, 3.2.5), round by round.</summary>
    public static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
        0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    /// <summary>Permutes the state in place.</summary>
    /// <param name="state">Exactly <see cref="Lanes"/> lanes.</param>
    public static void Permute(Span<ulong> state)
    {
        Debug.Assert(state.Length == Lanes, "the state has 25 lanes");
        fixed (ulong* lanes = state)
        {
            Permute(lanes);
        }
    }

    /// <summary>Permutes the <see cref="Lanes"/> lanes at <paramref name="state"/> in place.</summary>
    [SkipLocalsInit]
    public static void Permute(ulong* state)
    {
        // Rounds go to and fro between the state and this copy. Twenty-five locals would be spilled to the stack as well, but
        // where the compiler likes and never wiped.
        Span<ulong> copy = stackalloc ulong[Lanes];
        fixed (ulong* other = copy)
        {
            ReadOnlySpan<ulong> constants = RoundConstants;
            for (int round = 0; round < constants.Length; round += 2)
            {
                Round(state, other, constants[round]);
                Round(other, state, constants[round + 1]);
            }
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(copy));
    }

    private static void Round(ulong* from, ulong* to, ulong constant)
    {
        // Theta (3.2.1): the parity of each column, folded into its neighbours.
        ulong c0 = from[0] ^ from[5] ^ from[10] ^ from[15] ^ from[20];
        ulong c1 = from[1] ^ from[6] ^ from[11] ^ from[16] ^ from[21];
        ulong c2 = from[2] ^ from[7] ^ from[12] ^ from[17] ^ from[22];
        ulong c3 = from[3] ^ from[8] ^ from[13] ^ from[18] ^ from[23];
        ulong c4 = from[4] ^ from[9] ^ from[14] ^ from[19] ^ from[24];
        ulong d0 = c4 ^ BitOperations.RotateLeft(c1, 1);
        ulong d1 = c0 ^ BitOperations.RotateLeft(c2, 1);
        ulong d2 = c1 ^ BitOperations.RotateLeft(c3, 1);
        ulong d3 = c2 ^ BitOperations.RotateLeft(c4, 1);
        ulong d4 = c3 ^ BitOperations.RotateLeft(c0, 1);

        // Rho and pi (3.2.2, 3.2.3): lane (x, y) turns by its offset and goes to (y, 2x + 3y). Iota (3.2.5): the constant.
        Chi(
            to,
            from[0] ^ d0,
            BitOperations.RotateLeft(from[6] ^ d1, 44),
            BitOperations.RotateLeft(from[12] ^ d2, 43),
            BitOperations.RotateLeft(from[18] ^ d3, 21),
            BitOperations.RotateLeft(from[24] ^ d4, 14));
        Chi(
            to + 5,
            BitOperations.RotateLeft(from[3] ^ d3, 28),
            BitOperations.RotateLeft(from[9] ^ d4, 20),
            BitOperations.RotateLeft(from[10] ^ d0, 3),
            BitOperations.RotateLeft(from[16] ^ d1, 45),
            BitOperations.RotateLeft(from[22] ^ d2, 61));
        Chi(
            to + 10,
            BitOperations.RotateLeft(from[1] ^ d1, 1),
            BitOperations.RotateLeft(from[7] ^ d2, 6),
            BitOperations.RotateLeft(from[13] ^ d3, 25),
            BitOperations.RotateLeft(from[19] ^ d4, 8),
            BitOperations.RotateLeft(from[20] ^ d0, 18));
        Chi(
            to + 15,
            BitOperations.RotateLeft(from[4] ^ d4, 27),
            BitOperations.RotateLeft(from[5] ^ d0, 36),
            BitOperations.RotateLeft(from[11] ^ d1, 10),
            BitOperations.RotateLeft(from[17] ^ d2, 15),
            BitOperations.RotateLeft(from[23] ^ d3, 56));
        Chi(
            to + 20,
            BitOperations.RotateLeft(from[2] ^ d2, 62),
            BitOperations.RotateLeft(from[8] ^ d3, 55),
            BitOperations.RotateLeft(from[14] ^ d4, 39),
            BitOperations.RotateLeft(from[15] ^ d0, 41),
            BitOperations.RotateLeft(from[21] ^ d1, 2));
        to[0] ^= constant;
    }

    // Chi (3.2.4) of one row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Chi(ulong* to, ulong b0, ulong b1, ulong b2, ulong b3, ulong b4)
    {
        to[0] = b0 ^ (~b1 & b2);
        to[1] = b1 ^ (~b2 & b3);
        to[2] = b2 ^ (~b3 & b4);
        to[3] = b3 ^ (~b4 & b0);
        to[4] = b4 ^ (~b0 & b1);
    }
}
