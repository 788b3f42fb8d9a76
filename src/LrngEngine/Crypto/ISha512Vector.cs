// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;

namespace LrngEngine.Crypto;

/// <summary>What <see cref="VectorHashgenKernel{TVector, TOperations}"/> needs of a vector width: one 64-bit word of as many
/// messages as there are lanes.</summary>
/// <typeparam name="TVector">Vector256 or Vector512 of 64-bit words.</typeparam>
internal interface ISha512Vector<TVector>
    where TVector : unmanaged
{
    static abstract string Name { get; }

    static abstract bool IsSupported { get; }

    static abstract int Lanes { get; }

    /// <summary>0, 1, 2, ...</summary>
    static abstract TVector Indices { get; }

    static abstract TVector Broadcast(ulong word);

    static abstract TVector Add(TVector left, TVector right);

    /// <summary>1 where a sum modulo 2^64 is less than what was added to it, 0 elsewhere.</summary>
    static abstract TVector Carry(TVector sum, TVector addend);

    static abstract TVector ShiftLeft(TVector vector, [ConstantExpected] byte bits);

    static abstract TVector ShiftRight(TVector vector, [ConstantExpected] byte bits);

    static abstract TVector RotateRight(TVector vector, [ConstantExpected] byte bits);

    static abstract TVector Xor(TVector a, TVector b, TVector c);

    /// <summary>Ch(e, f, g) (FIPS 180-4, 4.1.3).</summary>
    static abstract TVector Choose(TVector e, TVector f, TVector g);

    /// <summary>Maj(a, b, c) (FIPS 180-4, 4.1.3).</summary>
    static abstract TVector Majority(TVector a, TVector b, TVector c);
}
