// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>The 99 % bounds that the estimators share.</summary>
internal static class Confidence
{
    /// <summary>Z(1 - 0.005), the quantile that the standard rounds to 2.576.</summary>
    internal const double Z = 2.5758293035489008;

    // p_u = min(1, p + Z sqrt(p (1 - p) / (L - 1)))
    internal static double UpperBound(double p, long length) => Math.Min(1.0, p + Z * Math.Sqrt(p * (1.0 - p) / (length - 1.0)));

    // x' = x - Z sigma / sqrt(v)
    internal static double LowerBound(double mean, double deviation, long count) => mean - Z * deviation / Math.Sqrt(count);
}
