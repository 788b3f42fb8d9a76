// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// How much entropy the seeds of a DRNG carry. The strategies may be combined:
//
//                        default   SP 800-90C            NTG.1
//     first seed         256       256 + 128             two sources of 240
//     reseed             256       256                   as without it
//     least for a pull   128       256                   as without it
//     32 bytes with PR   256       256 + 64              as without it
//     conditioned source           64 more than credited
//
// and DRG.4 limits the output between two full seeds to 2^17 bits.

namespace LrngEngine.Seeding;

/// <summary>What makes a seed a full one (reference 4.4, 4.6).</summary>
internal sealed record SeedingStrategy
{
    /// <summary>The security strength s that every seed must reach, in bits (LRNG_FULL_SEED_ENTROPY_BITS).</summary>
    internal const int StrengthBits = 256;

    /// <summary>Bits that each of two sources must give: AIS 20/31 version 3.0, NTG.1.</summary>
    internal const int Ntg1Bits = 240;

    /// <summary>The same in the draft of 2022.</summary>
    internal const int Ntg1DraftBits = 220;

    /// <summary>Output between two full seeds in bytes: 2^17 bits (AIS 20/31 version 3.0, DRG.4.10).</summary>
    internal const int OutputLimitBytes = (1 << 17) / 8;

    /// <summary>Narrowest digest, in bits, that passes the s + 128 bits of a first seed in SP 800-90C mode.</summary>
    internal const int LeastOversamplingDigestBits = StrengthBits + InstantiationBits;

    // s / 2 more than s for an instantiation (SP 800-90A 8.6.7, the nonce; LRNG_SEED_BUFFER_INIT_ADD_BITS).
    private const int InstantiationBits = 128;

    // A conditioner's output has full entropy if its input has 64 bits more (SP 800-90C; LRNG_OVERSAMPLE_ES_BITS).
    private const int ConditionerBits = 64;

    // A reseed that could not even collect this much leaves the sources alone (LRNG_MIN_SEED_ENTROPY_BITS).
    private const int LeastReseedBits = 128;

    /// <summary>256 bits from any mix of sources.</summary>
    internal static SeedingStrategy Default { get; } = new();

    /// <summary>A fully seeded DRNG that takes one pull, in every strategy.</summary>
    internal static SeedGoal Reseed { get; } = new(StrengthBits, StrengthBits, 0);

    /// <summary>SP 800-90C: s + 128 bits for a first seed, s + 64 for every conditioned output, s available for a reseed;
    /// sources without credit give additional input instead of seed.</summary>
    internal bool Oversampling { get; init; }

    /// <summary>NTG.1: bits that at least two sources must each give for the first full seed of a DRNG; 0 when the strategy is off.</summary>
    internal int BitsFromTwoSources { get; init; }

    /// <summary>DRG.4: at most <see cref="OutputLimitBytes"/> between two full seeds.</summary>
    internal bool OutputLimited { get; init; }

    internal bool IsNtg1 => BitsFromTwoSources > 0;

    /// <summary>Whether nothing but a full seed releases anybody.</summary>
    internal bool IsStrict => Oversampling || IsNtg1;

    /// <summary>What the seeding follows by design, in words for the status; nothing of it is validated.</summary>
    internal IReadOnlyList<string> DesignedFor
    {
        get
        {
            List<string> standards = [];
            if (Oversampling)
            {
                standards.Add("SP 800-90C seeding amounts: 384 bits for a first seed, 320 for 32 bytes with prediction resistance");
            }

            if (IsNtg1)
            {
                standards.Add($"AIS 20/31 NTG.1, two sources of {BitsFromTwoSources} bits");
            }

            if (OutputLimited)
            {
                standards.Add("AIS 20/31 DRG.4, at most 131072 bits of output between two full seeds");
            }

            return standards;
        }
    }

    /// <summary>Bits that a conditioned source must have collected beyond what it is credited.</summary>
    internal int OversamplingBits => Oversampling ? ConditionerBits : 0;

    /// <summary>The least that sources must have for a reseed by one pull, in bits.</summary>
    internal int MinimumReseedBits => Oversampling ? StrengthBits : LeastReseedBits;

    /// <summary>A DRNG that is made afresh: NTG.1's rule concerns those that were not fully seeded before.</summary>
    internal SeedGoal Instantiation(bool wasFullySeeded)
    {
        int bits = StrengthBits + (Oversampling ? InstantiationBits : 0);
        return new SeedGoal(bits, bits, wasFullySeeded ? 0 : BitsFromTwoSources);
    }

    /// <summary>The pull that pays for 32 bytes: with full entropy in SP 800-90C mode (RBG3(RS)).</summary>
    internal SeedGoal PredictionResistance(bool instantiated)
    {
        int bits = StrengthBits + (!Oversampling ? 0 : instantiated ? ConditionerBits : InstantiationBits);
        return new SeedGoal(bits, bits, 0);
    }
}
