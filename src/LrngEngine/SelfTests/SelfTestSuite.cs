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
        .. Drngs.OnEveryKernel.Where(other => other.Name != _drng.Name || other.Kernel != _kernel)
            .SelectMany(other => OfDrng(other, other.Kernel)),
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

    private static IEnumerable<KnownAnswerTest> OfDrng(DrngFactory drng, string kernel)
    {
        string name = $"{drng.Name} ({kernel})";
        return drng.Name == Drngs.Default.Name ? ChaCha20SelfTests.Of(drng, name)
            : DrngKnownAnswers.Find(drng.Name) is { } answer ? [answer.TestOf(drng, name)]
            : [];
    }
}
