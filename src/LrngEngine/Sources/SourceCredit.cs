// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources;

/// <summary>What a source is trusted to deliver, and why.</summary>
public sealed record SourceCredit
{
    /// <summary>Makes a credit.</summary>
    /// <param name="bitsPer256">Credited bits for every 256 data bits, 0..256.</param>
    /// <param name="reason">Why, in words for the administrator.</param>
    /// <exception cref="ArgumentOutOfRangeException">The credit is not within 0..256.</exception>
    public SourceCredit(int bitsPer256, string reason)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bitsPer256);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitsPer256, EntropyMath.RateUnitBits);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        BitsPer256 = bitsPer256;
        Reason = reason;
    }

    /// <summary>Credited bits for every 256 data bits, 0..256.</summary>
    public int BitsPer256 { get; }

    /// <summary>Why this much.</summary>
    public string Reason { get; }
}
