// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Seeding;

/// <summary>What one seeding, of one pull or of several, is to collect.</summary>
/// <param name="RequestBits">Asked of every source at each pull.</param>
/// <param name="NeededBits">Sum over all sources that makes the seed a full one.</param>
/// <param name="BitsFromTwoSources">NTG.1: what two sources must each give instead, whatever the sum; 0 for no such rule.</param>
internal readonly record struct SeedGoal(int RequestBits, int NeededBits, int BitsFromTwoSources)
{
    /// <summary>LRNG's full-seed rule (reference 4.4).</summary>
    /// <param name="sourceBits">What each source gave over all pulls of the seeding.</param>
    internal bool IsReached(ReadOnlySpan<int> sourceBits)
    {
        long sum = 0;
        int sufficient = 0;
        foreach (int bits in sourceBits)
        {
            sum += bits;
            sufficient += bits >= BitsFromTwoSources ? 1 : 0;
        }

        return BitsFromTwoSources > 0 ? sufficient >= 2 : sum >= NeededBits;
    }

    /// <summary>Whether another pull has any prospect: somebody still delivers, and with NTG.1 two have given enough or still
    /// deliver (reference 3.3).</summary>
    /// <param name="sourceBits">What each source gave over all pulls.</param>
    /// <param name="lastPull">What each gave in the last pull.</param>
    internal bool MayBeReached(ReadOnlySpan<int> sourceBits, ReadOnlySpan<int> lastPull)
    {
        int delivering = 0;
        int promising = 0;
        for (int i = 0; i < lastPull.Length; i++)
        {
            delivering += lastPull[i] > 0 ? 1 : 0;
            promising += lastPull[i] > 0 || sourceBits[i] >= BitsFromTwoSources ? 1 : 0;
        }

        return delivering > 0 && (BitsFromTwoSources == 0 || promising >= 2);
    }
}
