// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;

namespace LrngEngine.Crypto;

/// <summary>
/// What <see cref="VectorChaCha20Kernel{TVector, TOperations}"/> needs of a vector width. A vector holds the same word of the
/// matrix for <see cref="Blocks"/> blocks, one 32-bit element each; a lane is 128 bits, four blocks.
/// </summary>
/// <typeparam name="TVector">Vector128, Vector256 or Vector512 of 32-bit words.</typeparam>
internal unsafe interface IChaCha20Vector<TVector>
    where TVector : struct
{
    static abstract string Name { get; }

    static abstract bool IsSupported { get; }

    /// <summary>Elements of the vector: blocks computed side by side.</summary>
    static abstract int Blocks { get; }

    static abstract TVector Broadcast(uint word);

    /// <summary>first, first + 1, ... modulo 2^32.</summary>
    static abstract TVector Counters(uint first);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Xor(TVector left, TVector right);

    static abstract TVector RotateLeft(TVector vector, [ConstantExpected] byte bits);

    /// <summary>Transposes, lane by lane, four words of four blocks: element i of lane l of the j-th argument and element j of
    /// lane l of the i-th argument change places.</summary>
    static abstract void TransposeLanes(ref TVector a, ref TVector b, ref TVector c, ref TVector d);

    /// <summary>Writes one block for each lane, the blocks of two lanes being four blocks (256 bytes) apart.</summary>
    /// <param name="output">Where the block of lane 0 goes.</param>
    /// <param name="row0">Words 0 to 3 of the blocks.</param>
    /// <param name="row1">Words 4 to 7.</param>
    /// <param name="row2">Words 8 to 11.</param>
    /// <param name="row3">Words 12 to 15.</param>
    static abstract void StoreLanes(byte* output, TVector row0, TVector row1, TVector row2, TVector row3);
}
