// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Seeding;

namespace LrngEngine.Drng;

/// <summary>Limits of the DRNG manager.</summary>
internal sealed record DrngManagerOptions
{
    /// <summary>What makes a seed a full one.</summary>
    public SeedingStrategy Strategy { get; init; } = SeedingStrategy.Default;

    /// <summary>Generate operations between two reseeds: 2^20 (LRNG_DRNG_RESEED_THRESH).</summary>
    public int ReseedThreshold { get; init; } = 1 << 20;

    /// <summary>Age at which a seed is replaced: 600 s (urandom_min_reseed_secs).</summary>
    public TimeSpan MaximumReseedAge { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>Generate operations without a full reseed after which an instance is not fully seeded any more: 2^30
    /// (LRNG_DRNG_MAX_WITHOUT_RESEED, max_wo_reseed).</summary>
    public long MaximumWithoutFullReseed { get; init; } = 1L << 30;

    /// <summary>Whether pulls are repeated until a seed is full (force_seeding).</summary>
    public bool ForceSeeding { get; init; } = true;

    /// <summary>How soon a seeding that did not reach the full level is tried again if no source reports new entropy before.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the first seeding waits for sources that are still testing themselves.</summary>
    public TimeSpan SourceStartLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Age at which the instance with this index is reseeded: 600 s, 700 s, ... so that instances drift apart and do not
    /// drain the sources all at once. LRNG does so after the first seeding only.</summary>
    internal TimeSpan MaximumAgeOf(int index) => StaggeredAge(MaximumReseedAge, index);

    internal static TimeSpan StaggeredAge(TimeSpan maximumReseedAge, int index)
    {
        // Beyond this many, with an instance for each CPU, the steps begin again: no seed gets older than 2100 s.
        const int Steps = 16;
        return maximumReseedAge + (maximumReseedAge * (index % Steps) / 6);
    }
}
