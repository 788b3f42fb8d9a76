// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngCuse.Acvp;

/// <summary>A SHA-2 (draft-celi-acvp-sha) or SHA-3 (draft-celi-acvp-sha3) of the engine.</summary>
internal sealed class HashAlgorithm : VectorAlgorithm
{
    /// <summary>Most bits of the seed of a Monte Carlo test, which is hashed 100,000 times: the longest message that ACVP registers.</summary>
    internal const long MaximumSeedBits = 65536;

    private const string Functional = "AFT";
    private const string MonteCarlo = "MCT";
    private const string LargeData = "LDT";

    private readonly VectorHash _hash;

    private HashAlgorithm(string name, VectorHash hash)
        : base(name, hash.IsSha3 ? ["1.0", "2.0"] : ["1.0"]) => _hash = hash;

    internal static IReadOnlyList<HashAlgorithm> Offered { get; } =
        [.. ConditioningHashes.All.Select(factory => new HashAlgorithm(NameOf(factory.Name), new VectorHash(factory)))];

    internal override GroupReading Read(PromptObject set, PromptObject group)
    {
        string testType = group.Text("testType");
        return testType switch
        {
            Functional => GroupReading.Offered((test, id) => new DigestTest(id, _hash, BitString.Read(test, "msg", "len", 0, long.MaxValue))),
            MonteCarlo => ReadMonteCarlo(group),
            LargeData => GroupReading.Offered((test, id) => LargeDataTest.Read(test, id, _hash)),
            _ => GroupReading.NotOffered(
                $"{Name} with test type {PromptPlace.Shorten(testType)}", string.Join(", ", Functional, MonteCarlo, LargeData)),
        };
    }

    private GroupReading ReadMonteCarlo(PromptObject group)
    {
        const string Standard = "standard", Alternate = "alternate";
        string version = group.OptionalText("mctVersion") ?? Standard;
        return version is Standard or Alternate
            ? GroupReading.Offered((test, id) => MonteCarloTest.Read(test, id, _hash, version == Alternate))
            : GroupReading.NotOffered($"{Name} with mctVersion {PromptPlace.Shorten(version)}", $"{Standard}, {Alternate}");
    }
}
