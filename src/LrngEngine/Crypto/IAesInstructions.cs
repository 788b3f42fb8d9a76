// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.Intrinsics;

namespace LrngEngine.Crypto;

/// <summary>The two AES instructions that <see cref="VectorAesKernel{TInstructions}"/> needs.</summary>
internal interface IAesInstructions
{
    static abstract string Name { get; }

    static abstract bool IsSupported { get; }

    /// <summary>SubBytes, ShiftRows, MixColumns, AddRoundKey (FIPS 197, 5.1).</summary>
    static abstract Vector128<byte> Round(Vector128<byte> state, Vector128<byte> roundKey);

    /// <summary>SubBytes, ShiftRows, AddRoundKey.</summary>
    static abstract Vector128<byte> LastRound(Vector128<byte> state, Vector128<byte> roundKey);
}
