// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;

namespace LrngEngine.Crypto;

/// <summary>What the Hashgen kernels need of a vector width: one word of as many messages as there are lanes.</summary>
/// <typeparam name="TVector">Vector128, Vector256 or Vector512 of words.</typeparam>
/// <typeparam name="TWord">The word of the hash: uint for SHA-256, ulong for SHA-512 and SHA-3.</typeparam>
internal unsafe interface IHashVector<TVector, TWord>
    where TVector : unmanaged
    where TWord : unmanaged
{
    static abstract string Name { get; }

    static abstract bool IsSupported { get; }

    /// <summary>Width of the vector.</summary>
    static abstract int Bits { get; }

    /// <summary>Words in a vector.</summary>
    static abstract int Lanes { get; }

    /// <summary>0, 1, 2, ...</summary>
    static abstract TVector Indices { get; }

    static abstract TVector Broadcast(TWord word);

    /// <summary>The big-endian word at an address in every lane.</summary>
    static abstract TVector BroadcastBigEndian(byte* word);

    static abstract TVector ReverseBytes(TVector vector);

    static abstract TVector Add(TVector left, TVector right);

    /// <summary>1 where a sum modulo the word is less than what was added to it, 0 elsewhere.</summary>
    static abstract TVector Carry(TVector sum, TVector addend);

    static abstract TVector ShiftLeft(TVector vector, [ConstantExpected] byte bits);

    static abstract TVector ShiftRight(TVector vector, [ConstantExpected] byte bits);

    static abstract TVector RotateLeft(TVector vector, [ConstantExpected] byte bits);

    static abstract TVector RotateRight(TVector vector, [ConstantExpected] byte bits);

    static abstract TVector Xor(TVector a, TVector b);

    static abstract TVector Xor(TVector a, TVector b, TVector c);

    /// <summary>Ch(e, f, g) (FIPS 180-4, 4.1.2 and 4.1.3).</summary>
    static abstract TVector Choose(TVector e, TVector f, TVector g);

    /// <summary>Maj(a, b, c) (FIPS 180-4, 4.1.2 and 4.1.3).</summary>
    static abstract TVector Majority(TVector a, TVector b, TVector c);

    /// <summary>a XOR (NOT b AND c), of which chi is made (FIPS 202, 3.2.4).</summary>
    static abstract TVector Chi(TVector a, TVector b, TVector c);
}
