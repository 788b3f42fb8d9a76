// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngEngine.Health;

/// <summary>The two cut-offs of one health test: a counter B that reaches one of them fails (SP 800-90B 4.4: B >= C).</summary>
/// <param name="Intermittent">Cut-off C for <see cref="IntermittentAlphaBits"/>.</param>
/// <param name="Permanent">Cut-off C for <see cref="PermanentAlphaBits"/>, not below the intermittent one.</param>
internal readonly record struct HealthCutoff(int Intermittent, int Permanent)
{
    /// <summary>False-alarm probability of one intermittent verdict: alpha = 2^-30, within the 2^-20..2^-40 that
    /// SP 800-90B 4.4 recommends.</summary>
    public const int IntermittentAlphaBits = 30;

    /// <summary>alpha = 2^-60, as if two intermittent failures came back to back (FIPS 140-3 IG D.K).</summary>
    public const int PermanentAlphaBits = 60;

    /// <summary>Samples in one window of the adaptive proportion test for a non-binary source (SP 800-90B 4.4.2).</summary>
    public const int AptWindow = 512;

    /// <summary>Cut-offs of the repetition count test for <paramref name="entropyBits"/> bits of min-entropy a sample.</summary>
    public static HealthCutoff ForRepetitionCount(double entropyBits) => new(
        RepetitionCount(entropyBits, IntermittentAlphaBits),
        RepetitionCount(entropyBits, PermanentAlphaBits));

    /// <summary>Cut-offs of the adaptive proportion test for <paramref name="entropyBits"/> bits of min-entropy a sample. One
    /// above <see cref="AptWindow"/> cannot be reached: the test is inactive there and the status says so.</summary>
    public static HealthCutoff ForAdaptiveProportion(double entropyBits) => new(
        AdaptiveProportion(entropyBits, IntermittentAlphaBits),
        AdaptiveProportion(entropyBits, PermanentAlphaBits));

    /// <summary>Judges a counter.</summary>
    public HealthVerdict Judge(int count) => count >= Permanent ? HealthVerdict.PermanentFailure
        : count >= Intermittent ? HealthVerdict.IntermittentFailure
        : HealthVerdict.Pass;

    // C = 1 + ceil(-log2(alpha) / H) (SP 800-90B 4.4.1)
    private static int RepetitionCount(double entropyBits, int alphaBits)
    {
        Debug.Assert(entropyBits > 0, "H is positive");

        // 30 / (1/3) is not an integer in binary: without the margin ceil would give 91 instead of 90.
        const double RoundingMargin = 1e-9;
        return (int)Math.Min(1 + Math.Ceiling((alphaBits / entropyBits) - RoundingMargin), int.MaxValue);
    }

    // C = 1 + critbinom(W, 2^-H, 1 - alpha): critbinom is the smallest k with P(X <= k) >= 1 - alpha, that is P(X > k) <= alpha
    // (SP 800-90B 4.4.2). The tail is summed from the top, smallest terms first, so that 2^-60 is not lost beside 1.
    private static int AdaptiveProportion(double entropyBits, int alphaBits)
    {
        Debug.Assert(entropyBits > 0, "H is positive");
        double p = Math.Pow(2, -entropyBits);
        double alpha = Math.Pow(2, -alphaBits);
        double tail = 0;
        double log2Choose = 0; // log2 of C(W, k), starting with C(W, W) = 1
        for (int k = AptWindow; k > 0; k--)
        {
            // P(X = k) = C(W, k) p^k (1-p)^(W-k)
            tail += Math.Pow(2, log2Choose - (k * entropyBits) + ((AptWindow - k) * Math.Log2(1 - p)));
            if (tail > alpha)
            {
                return 1 + k;
            }

            log2Choose += Math.Log2((double)k / (AptWindow - k + 1));
        }

        return 1;
    }
}
