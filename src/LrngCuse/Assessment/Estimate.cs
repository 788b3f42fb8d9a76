// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>What one estimator says of one data set: a min-entropy in bits a symbol, or why there is none.</summary>
internal readonly record struct Estimate
{
    private Estimate(double? minEntropy, string? absence)
    {
        MinEntropy = minEntropy;
        Absence = absence;
    }

    internal double? MinEntropy { get; }

    internal string? Absence { get; }

    // H = -log2(p), without the sign of -0 for p = 1.
    internal static Estimate OfProbability(double p) => OfBits(Math.Abs(Math.Log2(p)));

    internal static Estimate OfBits(double minEntropy) => new(minEntropy, null);

    /// <summary>The data do not allow this estimate; it takes no part in the minimum.</summary>
    internal static Estimate None(string reason) => new(null, reason);
}
