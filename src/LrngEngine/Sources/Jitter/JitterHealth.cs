// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;

namespace LrngEngine.Sources.Jitter;

/// <summary>
/// The continuous health tests of the jitter source over one stream of deltas: RCT over stuck verdicts, APT over the low bits
/// of the delta. Blittable, so that it lies in secret memory.
/// </summary>
internal struct JitterHealth
{
    // The APT symbol, LRNG's own choice: noise that is there shows in the lowest bits, once the clock's step is divided out.
    private const ulong AptSymbolMask = 0xf;

    private StuckTest _stuck;
    private RepetitionCountTest _repetition;
    private AdaptiveProportionTest _proportion;

    /// <summary>Takes the next delta, already divided by the greatest common divisor.</summary>
    /// <param name="delta">The delta; "negative" (above 2^63) if the counter ran backwards.</param>
    /// <param name="cutoffs">The cut-offs.</param>
    /// <param name="stuck">True if the delta must not be counted.</param>
    public HealthVerdict Add(ulong delta, NoiseCutoffs cutoffs, out bool stuck)
    {
        // A step backwards comes from a change of CPU and is no work of the noise loops.
        stuck = _stuck.IsStuck(delta) || (long)delta < 0;
        HealthVerdict repetition = _repetition.AddRepetition(stuck, cutoffs.Repetition);
        HealthVerdict proportion = _proportion.Add(delta & AptSymbolMask, cutoffs.Proportion);
        return repetition > proportion ? repetition : proportion;
    }

    /// <summary>Which test gave the last verdict.</summary>
    /// <param name="verdict">That verdict, a failure.</param>
    /// <param name="cutoffs">The cut-offs.</param>
    public readonly HealthFailure Failure(HealthVerdict verdict, NoiseCutoffs cutoffs) =>
        cutoffs.Repetition.Judge(_repetition.Count) == verdict
            ? new HealthFailure(verdict, HealthTest.RepetitionCount, _repetition.Count)
            : new HealthFailure(verdict, HealthTest.AdaptiveProportion, _proportion.Count);
}
