// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Seeding;

/// <summary>How much credited entropy the generator was seeded with; the numbers are bits (LRNG's seed levels).</summary>
public enum SeedLevel
{
    /// <summary>Keyed without credit only. Blocking readers wait.</summary>
    Unseeded = 0,

    /// <summary>At least 32 bits. Says that sources deliver; releases nobody.</summary>
    InitiallySeeded = 32,

    /// <summary>At least 128 bits. Releases callers that ask for no more.</summary>
    MinimallySeeded = 128,

    /// <summary>At least 256 bits, the security strength: the generator is operational and blocking readers are served.</summary>
    FullySeeded = 256,
}
