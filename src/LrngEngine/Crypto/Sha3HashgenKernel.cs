// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;

namespace LrngEngine.Crypto;

/// <summary>SHA3-512 of as many integers as a vector has elements: lane i of every state lies in vector i.</summary>
/// <remarks>As <see cref="Keccak1600"/>, rounds go to and fro between two states in memory.</remarks>
internal sealed unsafe class Sha3HashgenKernel<TVector, TOperations> : HashgenKernel
    where TVector : unmanaged
    where TOperations : struct, IHashVector<TVector, ulong>
{
    // seedlen by the digest (SP 800-90A, table 2; FIPS 140-3 IG D.R): a message of two blocks.
    private const int IntegerBytes = 888 / 8;
    private const int RateBytes = Keccak1600.StateBytes - (2 * 512 / 8);
    private const int BlockWords = RateBytes / sizeof(ulong);

    public Sha3HashgenKernel()
        : base(
            TOperations.Name,
            TOperations.Bits,
            TOperations.Lanes,
            RateBytes,
            2 * Keccak1600.Lanes * TOperations.Bits / 8)
    {
    }

    public override bool IsSupported => TOperations.IsSupported;

    // Lanes of the state are little-endian (FIPS 202, B.1), the integers big-endian.
    private protected override void GenerateCore(byte* message, byte* initial, byte* scratch, byte* output, int digestBytes)
    {
        // Always true; a build for a CPU without the instructions drops the emulation of the vectors below.
        if (TOperations.IsSupported)
        {
            TVector* state = (TVector*)scratch;
            TVector* other = state + Keccak1600.Lanes;

            // The first block takes the place of a state of zeros. Of the second one nothing is kept meanwhile: it is made anew.
            HashgenLanes<TVector, ulong, TOperations>.SetMessages(message, 2 * BlockWords, IntegerBytes, state);
            HashgenLanes<TVector, ulong, TOperations>.ReverseBytes(state, BlockWords);
            new Span<TVector>(state + BlockWords, Keccak1600.Lanes - BlockWords).Clear();
            Permute(state, other);

            HashgenLanes<TVector, ulong, TOperations>.SetMessages(message + RateBytes, BlockWords, IntegerBytes - RateBytes, other);
            HashgenLanes<TVector, ulong, TOperations>.ReverseBytes(other, BlockWords);
            for (int lane = 0; lane < BlockWords; lane++)
            {
                state[lane] = TOperations.Xor(state[lane], other[lane]);
            }

            Permute(state, other);
            HashgenLanes<TVector, ulong, TOperations>.WriteDigests(state, output, digestBytes);
        }
    }

    private static void Permute(TVector* state, TVector* other)
    {
        ReadOnlySpan<ulong> constants = Keccak1600.RoundConstants;
        for (int round = 0; round < constants.Length; round += 2)
        {
            Round(state, other, constants[round]);
            Round(other, state, constants[round + 1]);
        }
    }

    private static void Round(TVector* from, TVector* to, ulong constant)
    {
        // Theta (FIPS 202, 3.2.1): the parity of each column, folded into its neighbours.
        TVector c0 = Parity(from), c1 = Parity(from + 1), c2 = Parity(from + 2), c3 = Parity(from + 3), c4 = Parity(from + 4);
        TVector d0 = TOperations.Xor(c4, TOperations.RotateLeft(c1, 1)), d1 = TOperations.Xor(c0, TOperations.RotateLeft(c2, 1)), d2 = TOperations.Xor(c1, TOperations.RotateLeft(c3, 1));
        TVector d3 = TOperations.Xor(c2, TOperations.RotateLeft(c4, 1)), d4 = TOperations.Xor(c3, TOperations.RotateLeft(c0, 1));

        // Rho and pi (3.2.2, 3.2.3): lane (x, y) turns by its offset and goes to (y, 2x + 3y). Iota (3.2.5): the constant.
        Chi(
            to,
            TOperations.Xor(from[0], d0),
            TOperations.RotateLeft(TOperations.Xor(from[6], d1), 44),
            TOperations.RotateLeft(TOperations.Xor(from[12], d2), 43),
            TOperations.RotateLeft(TOperations.Xor(from[18], d3), 21),
            TOperations.RotateLeft(TOperations.Xor(from[24], d4), 14));
        Chi(
            to + 5,
            TOperations.RotateLeft(TOperations.Xor(from[3], d3), 28),
            TOperations.RotateLeft(TOperations.Xor(from[9], d4), 20),
            TOperations.RotateLeft(TOperations.Xor(from[10], d0), 3),
            TOperations.RotateLeft(TOperations.Xor(from[16], d1), 45),
            TOperations.RotateLeft(TOperations.Xor(from[22], d2), 61));
        Chi(
            to + 10,
            TOperations.RotateLeft(TOperations.Xor(from[1], d1), 1),
            TOperations.RotateLeft(TOperations.Xor(from[7], d2), 6),
            TOperations.RotateLeft(TOperations.Xor(from[13], d3), 25),
            TOperations.RotateLeft(TOperations.Xor(from[19], d4), 8),
            TOperations.RotateLeft(TOperations.Xor(from[20], d0), 18));
        Chi(
            to + 15,
            TOperations.RotateLeft(TOperations.Xor(from[4], d4), 27),
            TOperations.RotateLeft(TOperations.Xor(from[5], d0), 36),
            TOperations.RotateLeft(TOperations.Xor(from[11], d1), 10),
            TOperations.RotateLeft(TOperations.Xor(from[17], d2), 15),
            TOperations.RotateLeft(TOperations.Xor(from[23], d3), 56));
        Chi(
            to + 20,
            TOperations.RotateLeft(TOperations.Xor(from[2], d2), 62),
            TOperations.RotateLeft(TOperations.Xor(from[8], d3), 55),
            TOperations.RotateLeft(TOperations.Xor(from[14], d4), 39),
            TOperations.RotateLeft(TOperations.Xor(from[15], d0), 41),
            TOperations.RotateLeft(TOperations.Xor(from[21], d1), 2));
        to[0] = TOperations.Xor(to[0], TOperations.Broadcast(constant));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Parity(TVector* column) =>
        TOperations.Xor(TOperations.Xor(column[0], column[5], column[10]), column[15], column[20]);

    // Chi (3.2.4) of one row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Chi(TVector* to, TVector b0, TVector b1, TVector b2, TVector b3, TVector b4)
    {
        to[0] = TOperations.Chi(b0, b1, b2);
        to[1] = TOperations.Chi(b1, b2, b3);
        to[2] = TOperations.Chi(b2, b3, b4);
        to[3] = TOperations.Chi(b3, b4, b0);
        to[4] = TOperations.Chi(b4, b0, b1);
    }
}
