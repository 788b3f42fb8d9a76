// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>One of <see cref="ConditioningHashes.All"/>: what is to be known of a hash before there is an instance.</summary>
/// <param name="Name">The name under which it is configured, for example "sha512".</param>
/// <param name="DigestBits">Length of the digest in bits.</param>
/// <param name="Create">Makes an initialised instance in an arena; throws <see cref="InvalidOperationException"/> where the arena
/// is full.</param>
/// <param name="Kernel">Which code computes it, for the status; "portable" where there is no choice.</param>
public sealed record ConditioningHashFactory(
    string Name, int DigestBits, Func<SecretArena, ConditioningHash> Create, string Kernel = DrngFactory.PortableKernel);
