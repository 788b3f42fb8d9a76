// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;

namespace LrngEngine.Crypto;

/// <summary>The conditioning hashes there are, by the names that LRNG's hash switch takes.</summary>
public static class ConditioningHashes
{
    /// <summary>Every hash, the shorter digest first within a family.</summary>
    public static IReadOnlyList<ConditioningHashFactory> All { get; } = Array.AsReadOnly<ConditioningHashFactory>(
    [
        new("sha256", 256, arena => new Sha256Hash(arena)),
        new("sha384", 384, arena => new Sha384Hash(arena)),
        new("sha512", 512, arena => new Sha512Hash(arena)),
        new("sha3-256", 256, arena => new Sha3_256(arena)),
        new("sha3-512", 512, arena => new Sha3_512(arena)),
    ]);

    /// <summary>The hash in use where none is named: sha512, LRNG's default (reference: lrng_hash_kcapi).</summary>
    public static ConditioningHashFactory Default { get; } = All.First(hash => hash.Name == "sha512");

    /// <summary>Finds a hash by its name, exactly as written in <see cref="ConditioningHashFactory.Name"/>.</summary>
    /// <returns>False if there is no such hash.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out ConditioningHashFactory? hash)
    {
        ArgumentNullException.ThrowIfNull(name);
        hash = All.FirstOrDefault(candidate => candidate.Name == name);
        return hash is not null;
    }
}
