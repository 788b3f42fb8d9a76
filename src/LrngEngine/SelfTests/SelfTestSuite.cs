// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.SelfTests;

/// <summary>
/// The self-tests there are. At start run those of what is in use, before anything is output; all of them, which is also what a
/// switch at run time may put into use, run every ten minutes and on demand.
/// </summary>
internal sealed class SelfTestSuite
{
    private readonly ConditioningHashFactory _hash;
    private readonly DrngFactory _drng;
    private readonly string _kernel;

    /// <param name="hash">The conditioning hash in use.</param>
    /// <param name="drng">The DRNG in use. One that is not of the registry has no known answers here: its maker vouches for it.</param>
    /// <param name="kernel">The kernel that it runs.</param>
    internal SelfTestSuite(ConditioningHashFactory hash, DrngFactory drng, string kernel)
    {
        _hash = hash;
        _drng = drng;
        _kernel = kernel;
    }

    /// <summary>The time-stamp management, the health tests, every hash (sources have hashes of their own), and the DRNG in use with
    /// its error handling.</summary>
    internal IEnumerable<KnownAnswerTest> InUse => [.. AnswersInUse, .. DrbgErrorSelfTests.Of(_drng.Name)];

    /// <summary>In addition every DRNG of the registry with every kernel that this CPU runs, and the error handling of all DRBGs.</summary>
    internal IEnumerable<KnownAnswerTest> All =>
    [
        .. AnswersInUse,
        .. Mechanisms.Where(other => other.Drng.Name != _drng.Name || other.Kernel != _kernel)
            .SelectMany(other => OfDrng(other.Drng, other.Kernel)),
        .. DrbgErrorSelfTests.All,
    ];

    /// <summary>The DRNG in use with its error handling, and no more: what a change to it rests on.</summary>
    internal IEnumerable<KnownAnswerTest> Drng => [.. OfDrng(_drng, _kernel), .. DrbgErrorSelfTests.Of(_drng.Name)];

    /// <summary>The hash in use, and no more.</summary>
    internal IEnumerable<KnownAnswerTest> Hash => HashSelfTests.Of(_hash);

    private IEnumerable<KnownAnswerTest> AnswersInUse =>
    [
        .. TimingSelfTests.All,
        .. HealthSelfTests.All,
        .. ConditioningHashes.All.SelectMany(known => HashSelfTests.Of(known.Name == _hash.Name ? _hash : known)),
        .. OfDrng(_drng, _kernel),
    ];

    private static IEnumerable<(DrngFactory Drng, string Kernel)> Mechanisms => Drngs.All.SelectMany(drng => drng.Name switch
    {
        "chacha20" => ChaCha20Kernels.All.Select(kernel =>
            (drng with { Create = arena => new ChaCha20Drng(arena, kernel) }, kernel.Name)),
        "ctr-aes256" => AesKernels.All.Select(kernel =>
            (drng with { Create = arena => new DrbgDrng(new CtrDrbg(arena, kernel)) }, kernel.Name)),
        "hash-sha384" => HashgenKernels.All.Select(kernel =>
            (drng with { Create = arena => new DrbgDrng(new HashDrbg<Sha384Function>(arena, "sha384", kernel)) }, kernel.Name)),
        "hash-sha512" => HashgenKernels.All.Select(kernel =>
            (drng with { Create = arena => new DrbgDrng(new HashDrbg<Sha512Function>(arena, "sha512", kernel)) }, kernel.Name)),
        _ => [(drng, LrngGeneratorOptions.PortableKernel)],
    });

    private static IEnumerable<KnownAnswerTest> OfDrng(DrngFactory drng, string kernel)
    {
        string name = $"{drng.Name} ({kernel})";
        return drng.Name == Drngs.Default.Name ? ChaCha20SelfTests.Of(drng, name)
            : DrngKnownAnswers.Find(drng.Name) is { } answer ? [answer.TestOf(drng, name)]
            : [];
    }
}
