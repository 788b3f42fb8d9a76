// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>
/// The cut-off of SP 800-90B 3.1.4.3 for how often a symbol may occur in a row or column. NIST's tool simulates the largest count for
/// the distribution that makes it largest at a given min-entropy H: as many symbols of probability 2^-H as there is room for, and one
/// with what remains. Here its distribution is computed.
/// </summary>
internal sealed class LargestCountBound
{
    private readonly int _samples;
    private readonly double[] _logFactorials;

    /// <param name="samples">n, the length of a row or column.</param>
    internal LargestCountBound(int samples)
    {
        _samples = samples;
        _logFactorials = new double[samples + 1];
        for (int i = 2; i <= samples; i++)
        {
            _logFactorials[i] = _logFactorials[i - 1] + Math.Log(i);
        }
    }

    // alpha = 1 - 0.99^(1 / (rows + columns)): one false alarm in a hundred tests, 0.000005 for 2000 rows and columns.
    internal static double FalseAlarm(RestartShape shape) => 1 - Math.Exp(Math.Log(0.99) / (shape.Rows + shape.Columns));

    /// <summary>The least count that the largest one exceeds with probability alpha at most.</summary>
    internal int Cutoff(double minEntropy, double alpha) => Least(alpha, count => ProbabilityWithin(count, minEntropy));

    /// <summary>The same for one symbol of probability 2^-H alone, by the binomial distribution, as the standard has it.</summary>
    internal int BinomialCutoff(double minEntropy, double alpha)
    {
        double p = Math.Pow(2, -minEntropy);
        return p >= 1 ? _samples : Least(alpha, count => BinomialWithin(count, p));
    }

    // P(no count is above c) = n! [z^n] product over the symbols of sum_{j=0..c} (p z)^j / j!. With the Poisson weights of mean n p in
    // place of (p z)^j / j!, every factor is a probability, and the result is to be divided by the Poisson weight of n at mean n.
    internal double ProbabilityWithin(int count, double minEntropy)
    {
        double p = Math.Pow(2, -minEntropy);
        int symbols = (int)Math.Floor(1 / p);
        double rest = 1 - symbols * p;
        double[] weights = Power(Poisson(_samples * p, count), symbols);
        if (rest > 1e-12)
        {
            weights = Multiply(weights, Poisson(_samples * rest, count));
        }

        return weights.Length > _samples ? weights[_samples] / Poisson(_samples, _samples)[_samples] : 0;
    }

    private int Least(double alpha, Func<int, double> probabilityWithin)
    {
        int low = 0;
        int high = _samples;
        while (low < high)
        {
            int count = (low + high) / 2;
            (low, high) = probabilityWithin(count) >= 1 - alpha ? (low, count) : (count + 1, high);
        }

        return high;
    }

    private double BinomialWithin(int count, double p)
    {
        double sum = 0;
        for (int j = 0; j <= count; j++)
        {
            double ways = _logFactorials[_samples] - _logFactorials[j] - _logFactorials[_samples - j];
            sum += Math.Exp(ways + j * Math.Log(p) + (_samples - j) * Math.Log(1 - p));
        }

        return sum;
    }

    // e^-m m^j / j! for j = 0..last
    private double[] Poisson(double mean, int last)
    {
        double[] weights = new double[last + 1];
        for (int j = 0; j <= last; j++)
        {
            weights[j] = Math.Exp(j * Math.Log(mean) - mean - _logFactorials[j]);
        }

        return weights;
    }

    private double[] Power(double[] weights, int exponent)
    {
        double[] result = [1.0];
        for (int left = exponent; left > 0; left >>= 1)
        {
            result = (left & 1) != 0 ? Multiply(result, weights) : result;
            weights = left > 1 ? Multiply(weights, weights) : weights;
        }

        return result;
    }

    // Products of powers up to n; higher ones are not needed.
    private double[] Multiply(double[] left, double[] right)
    {
        double[] product = new double[Math.Min(left.Length + right.Length - 1, _samples + 1)];
        for (int i = 0; i < left.Length; i++)
        {
            int end = Math.Min(right.Length, product.Length - i);
            for (int j = 0; j < end; j++)
            {
                product[i + j] += left[i] * right[j];
            }
        }

        return product;
    }
}
