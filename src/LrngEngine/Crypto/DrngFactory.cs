// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>One of <see cref="Drngs.All"/>: what is to be known of a DRNG before there is an instance.</summary>
/// <param name="Name">The name under which it is configured, for example "ctr-aes256".</param>
/// <param name="SecurityStrengthBits">Security strength in bits.</param>
/// <param name="Create">Makes an instance without a seed in an arena; throws <see cref="InvalidOperationException"/> where the arena
/// is full.</param>
/// <param name="Kernel">Which code computes it, for the status; "portable" where there is no choice.</param>
public sealed record DrngFactory(
    string Name, int SecurityStrengthBits, Func<SecretArena, Drng> Create, string Kernel = DrngFactory.PortableKernel)
{
    internal const string PortableKernel = "portable";

    /// <summary>Makes the DRBG that the DRNG consists of, for tests that have inputs of their own; null where it is none.</summary>
    internal Func<SecretArena, Drbg>? CreateDrbg { get; init; }
}
