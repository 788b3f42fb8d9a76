// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Acvp;

/// <summary>An algorithm as ACVP names and tests it. A closed family: <see cref="DrbgAlgorithm"/>, <see cref="HashAlgorithm"/>.</summary>
internal abstract class VectorAlgorithm
{
    private protected VectorAlgorithm(string name, params string[] revisions) => (Name, Revisions) = (name, revisions);

    /// <summary>Every algorithm that is offered.</summary>
    internal static IReadOnlyList<VectorAlgorithm> All { get; } = [.. DrbgAlgorithm.Offered, .. HashAlgorithm.Offered];

    internal string Name { get; }

    /// <summary>The revisions of its tests that are known.</summary>
    internal IReadOnlyList<string> Revisions { get; }

    /// <summary>Reads the parameters of a group.</summary>
    /// <exception cref="CommandException">They are not as ACVP has them.</exception>
    internal abstract GroupReading Read(PromptObject set, PromptObject group);

    /// <summary>The engine's name of a hash as ACVP has it: "sha512" is SHA2-512, "sha3-512" SHA3-512.</summary>
    private protected static string NameOf(string hash) => hash.StartsWith("sha3-", StringComparison.Ordinal)
        ? hash.ToUpperInvariant()
        : $"SHA2-{hash["sha".Length..]}";
}
