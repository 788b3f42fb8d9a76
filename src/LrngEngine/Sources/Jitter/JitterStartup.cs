// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using LrngEngine.Health;

namespace LrngEngine.Sources.Jitter;

/// <summary>
/// The start-up test of the jitter source (SP 800-90B 4.3 item 8; the checks of jitterentropy) over deltas that are discarded
/// afterwards. Pure: what it judges is what it is given.
/// </summary>
internal static class JitterStartup
{
    /// <summary>Deltas in one start-up test: at least 1024 (SP 800-90B 4.3 item 8), and two whole windows of the APT.</summary>
    public const int Samples = 2 * HealthCutoff.AptWindow;

    // jitterentropy: time may run backwards three times before the counter is refused.
    private const int MaxBackwards = 3;

    // jitterentropy: more than 90 % stuck deltas fail.
    private const int MaxStuckPercent = 90;

    // LRNG: a common divisor of 1000 or more is larger than any real clock's.
    private const ulong CoarseDivisor = 1000;

    /// <summary>Judges raw deltas in counter ticks.</summary>
    /// <param name="deltas">Raw deltas.</param>
    /// <param name="health">The source's continuous tests, which take every delta and keep their counters.</param>
    /// <param name="cutoffs">Their cut-offs.</param>
    public static JitterStartupReport Evaluate(ReadOnlySpan<ulong> deltas, ref JitterHealth health, NoiseCutoffs cutoffs)
    {
        Debug.Assert(deltas.Length >= Samples, "SP 800-90B asks for 1024 samples");
        if (!deltas.ContainsAnyExcept(0UL))
        {
            return Fail(JitterStartupFinding.CounterStopped, "the cycle counter does not run");
        }

        int backwards = CountBackwards(deltas);
        if (backwards > MaxBackwards)
        {
            return Fail(
                JitterStartupFinding.RunsBackwards, $"the cycle counter ran backwards {backwards} times, {MaxBackwards} are tolerated");
        }

        if (!deltas.ContainsAnyExcept(deltas[0]))
        {
            return Fail(JitterStartupFinding.NoVariation, "all time deltas are equal");
        }

        ulong divisor = CommonDivisor(deltas);
        if (divisor >= CoarseDivisor)
        {
            return Fail(JitterStartupFinding.TooCoarse, $"the cycle counter moves in steps of {divisor} ticks");
        }

        // Deltas must differ from their predecessor by more than one step on average (jitterentropy: EMINVARVAR).
        if (MeanVariation(deltas, divisor) <= 1)
        {
            return Fail(JitterStartupFinding.NoVariation, "time deltas vary by less than one step of the cycle counter on average");
        }

        return RunHealthTests(deltas, divisor, ref health, cutoffs);
    }

    private static JitterStartupReport RunHealthTests(
        ReadOnlySpan<ulong> deltas, ulong divisor, ref JitterHealth health, NoiseCutoffs cutoffs)
    {
        int stuckDeltas = 0;
        HealthVerdict worst = HealthVerdict.Pass;
        foreach (ulong delta in deltas)
        {
            HealthVerdict verdict = health.Add(Divide(delta, divisor), cutoffs, out bool stuck);
            worst = verdict > worst ? verdict : worst;
            stuckDeltas += stuck ? 1 : 0;
        }

        if (worst == HealthVerdict.PermanentFailure)
        {
            return Fail(JitterStartupFinding.PermanentHealthTest, "permanent failure of a health test");
        }

        if (stuckDeltas * 100L > (long)deltas.Length * MaxStuckPercent)
        {
            return Fail(JitterStartupFinding.Stuck, $"{stuckDeltas} of {deltas.Length} time deltas are stuck");
        }

        return worst == HealthVerdict.IntermittentFailure
            ? Fail(JitterStartupFinding.HealthTest, "a health test failed during the start-up test")
            : new JitterStartupReport(JitterStartupFinding.Passed, divisor, "start-up test passed");
    }

    /// <summary>Delta in steps of the clock; a step backwards stays recognisable as one.</summary>
    public static ulong Divide(ulong delta, ulong divisor) => (long)delta < 0 ? delta : delta / divisor;

    private static JitterStartupReport Fail(JitterStartupFinding finding, string reason) => new(finding, 1, reason);

    private static int CountBackwards(ReadOnlySpan<ulong> deltas)
    {
        int backwards = 0;
        foreach (ulong delta in deltas)
        {
            backwards += (long)delta < 0 ? 1 : 0;
        }

        return backwards;
    }

    // The step of the clock: median of the greatest common divisors of 16 groups. One odd delta (a change of CPU) would bring
    // the divisor of all deltas down to 1, one group of equal deltas would make it look coarse.
    private static ulong CommonDivisor(ReadOnlySpan<ulong> deltas)
    {
        const int Groups = 16;
        Span<ulong> divisors = stackalloc ulong[Groups];
        int groupLength = deltas.Length / Groups;
        for (int group = 0; group < Groups; group++)
        {
            divisors[group] = GreatestCommonDivisor(deltas.Slice(group * groupLength, groupLength));
        }

        divisors.Sort();
        return Math.Max(divisors[Groups / 2], 1);
    }

    private static ulong GreatestCommonDivisor(ReadOnlySpan<ulong> deltas)
    {
        ulong divisor = 0;
        foreach (ulong delta in deltas)
        {
            ulong other = (long)delta < 0 ? 0 : delta;
            while (other != 0)
            {
                (divisor, other) = (other, divisor % other);
            }
        }

        return divisor;
    }

    // Mean of |delta - previous delta| in steps. Steps backwards take no part.
    private static double MeanVariation(ReadOnlySpan<ulong> deltas, ulong divisor)
    {
        double sum = 0;
        for (int i = 1; i < deltas.Length; i++)
        {
            long previous = (long)deltas[i - 1];
            long delta = (long)deltas[i];
            sum += previous < 0 || delta < 0 ? 0 : Math.Abs(delta - previous);
        }

        return sum / divisor / (deltas.Length - 1);
    }
}
