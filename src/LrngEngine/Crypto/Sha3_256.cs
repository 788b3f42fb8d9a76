// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>SHA3-256 (FIPS 202, 6.1) that leaves no trace of its input outside the arena.</summary>
public sealed class Sha3_256 : KeccakSponge
{
    /// <summary>Allocates an initialised instance: 256 bytes of the arena.</summary>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public Sha3_256(SecretArena arena)
        : base(arena, digestBytes: 256 / 8)
    {
    }

    /// <inheritdoc/>
    public override string Name => "SHA3-256";
}
