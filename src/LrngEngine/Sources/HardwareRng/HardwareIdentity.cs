// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources.HardwareRng;

/// <summary>The generator behind /dev/hwrng, as /sys/class/misc/hw_random tells it.</summary>
/// <param name="Name">rng_current; null if there is none or it cannot be read.</param>
/// <param name="Quality">rng_quality: bits of entropy in 1024 bits as its driver states them; null if it cannot be read. 0 is the
/// kernel's word for unknown, or for none.</param>
internal readonly record struct HardwareIdentity(string? Name, int? Quality)
{
    /// <summary>rng_quality counts in 1024th.</summary>
    internal const int FullQuality = 1024;

    /// <summary>Credit of every 256 data bits: min(limit, 256 * quality / 1024), 0 if the quality is unknown.</summary>
    /// <param name="limit">The most that it may be, and why.</param>
    internal SourceCredit CreditWithin(SourceCredit limit)
    {
        string name = Name ?? "the generator";
        if (Quality is not > 0)
        {
            return new SourceCredit(0, $"the kernel states no quality of {name} (rng_quality)");
        }

        int stated = EntropyMath.RateUnitBits * Math.Min(Quality.Value, FullQuality) / FullQuality;
        return limit.BitsPer256 <= stated
            ? limit
            : new SourceCredit(stated, $"the kernel states a quality of {Quality} in {FullQuality} for {name}");
    }
}
