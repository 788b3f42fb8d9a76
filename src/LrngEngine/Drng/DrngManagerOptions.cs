// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Drng;

/// <summary>Limits of the DRNG manager.</summary>
internal sealed record DrngManagerOptions
{
    /// <summary>Generate operations between two reseeds: 2^20 (LRNG_DRNG_RESEED_THRESH).</summary>
    public int ReseedThreshold { get; init; } = 1 << 20;

    /// <summary>Age at which a seed is replaced: 600 s (urandom_min_reseed_secs).</summary>
    public TimeSpan MaximumReseedAge { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>How soon a seeding that did not reach the full level is tried again if no source reports new entropy before.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the first seeding waits for sources that are still testing themselves.</summary>
    public TimeSpan SourceStartLimit { get; init; } = TimeSpan.FromSeconds(10);
}
