// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;

namespace LrngEngine.Seeding;

/// <summary>What makes a seed a full one (reference 4.4, 4.6).</summary>
internal sealed record SeedingStrategy
{
    /// <summary>Bits that each of two sources must give: AIS 20/31 version 3.0, NTG.1.</summary>
    internal const int Ntg1Bits = 240;

    /// <summary>The same in the draft of 2022.</summary>
    internal const int Ntg1DraftBits = 220;

    /// <summary>256 bits from any mix of sources.</summary>
    internal static SeedingStrategy Default { get; } = new();

    /// <summary>NTG.1: bits that at least two sources must each give for the first full seed of a DRNG; 0 when the strategy is off.</summary>
    internal int BitsFromTwoSources { get; init; }

    internal bool IsNtg1 => BitsFromTwoSources > 0;

    /// <summary>Sources that must still deliver for repeated pulls to have any prospect.</summary>
    internal int NecessarySources => IsNtg1 ? 2 : 1;

    /// <summary>LRNG's full-seed rule. The two-source rule concerns the first seeding of a DRNG only; the total does not matter then.</summary>
    /// <param name="alreadyFull">Whether the DRNG was fully seeded before.</param>
    /// <param name="collectedBits">Sum over all pulls of this seeding.</param>
    /// <param name="sourceBits">The same for each source.</param>
    internal bool IsFull(bool alreadyFull, int collectedBits, ReadOnlySpan<int> sourceBits)
    {
        if (!IsNtg1 || alreadyFull)
        {
            return collectedBits >= DrngManager.SecurityStrengthBits;
        }

        int sufficient = 0;
        foreach (int bits in sourceBits)
        {
            sufficient += bits >= BitsFromTwoSources ? 1 : 0;
        }

        return sufficient >= 2;
    }
}
