// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>What the predictors of SP 800-90B 6.3.7 to 6.3.10 share: from predictions to min-entropy.</summary>
internal static class PredictionBound
{
    // The longest run of correct predictions is as long or longer with probability 1 % only if p is below p_local.
    private static readonly double s_logNoRun = Math.Log(0.99);

    /// <summary>H = -log2(max(P'_global, P_local, 1/k)).</summary>
    /// <param name="tally">Correct predictions.</param>
    /// <param name="predictions">N, all predictions.</param>
    /// <param name="alphabetSize">k.</param>
    internal static Estimate Of(PredictionTally tally, long predictions, int alphabetSize)
    {
        double p = Math.Max(1.0 / alphabetSize, Global(tally.Correct, predictions));
        return Estimate.OfProbability(Local(p, tally.LongestRun + 1, predictions));
    }

    // P'_global = 1 - 0.01^(1/N) without a correct prediction, otherwise the 99 % bound of C / N.
    internal static double Global(long correct, long predictions) =>
        correct == 0 ? 1 - Math.Pow(0.01, 1.0 / predictions) : Confidence.UpperBound((double)correct / predictions, predictions);

    /// <summary>
    /// The p from <paramref name="least"/> on for which N predictions have no run of <paramref name="run"/> correct ones with
    /// probability 0.99; <paramref name="least"/> itself if that probability is lower there already.
    /// </summary>
    internal static double Local(double least, long run, long predictions)
    {
        double low = least;
        double high = 1.0;
        if (least >= 1.0 || LogNoRun(least, run, predictions) <= s_logNoRun)
        {
            return least;
        }

        for (double p = (low + high) / 2; low < p && p < high; p = (low + high) / 2)
        {
            if (LogNoRun(p, run, predictions) > s_logNoRun)
            {
                low = p;
            }
            else
            {
                high = p;
            }
        }

        return high;
    }

    // 0.99 = (1 - p x) / ((r + 1 - r x) q) x^-(N+1), with x the least root of x = 1 + q p^r x^(r+1) and q = 1 - p.
    // In terms of d = x - 1, which is tiny where it matters, nothing cancels:
    // log(1 - p d / q) - log(1 - r d) - (N + 1) log(1 + d).
    private static double LogNoRun(double p, long run, long predictions)
    {
        double q = 1 - p;

        // From here on x = 1/p is the least root, and a run is certain for all that this can tell.
        if (p >= run / (run + 1.0))
        {
            return double.NegativeInfinity;
        }

        double d = Root(q * Math.Pow(p, run), run);
        return LogOnePlus(-p * d / q) - LogOnePlus(-run * d) - (predictions + 1.0) * LogOnePlus(d);
    }

    // d = a (1 + d)^(r+1), iterated upwards from 0 as the standard proposes; doubles settle well within its 65 steps wherever 0.99 is near.
    private static double Root(double a, long run)
    {
        double d = 0;
        for (int i = 0; i <= 65; i++)
        {
            double next = a * Math.Exp((run + 1.0) * LogOnePlus(d));
            if (next - d <= double.Epsilon + d * 1e-17)
            {
                break;
            }

            d = next;
        }

        return d;
    }

    // log(1 + x) without the loss of 1 + x for small x (Goldberg 1991, theorem 4).
    private static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }
}
