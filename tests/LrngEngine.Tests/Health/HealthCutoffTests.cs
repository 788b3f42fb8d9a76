// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Numerics;
using LrngEngine.Health;

namespace LrngEngine.Tests.Health;

[TestFixture]
internal sealed class HealthCutoffTests
{
    private const int Unreachable = HealthCutoff.AptWindow + 1;

    // Fixed-point precision of the recomputation.
    private const int FractionBits = 512;

    [TestCase(1, 31, 61)]
    [TestCase(2, 61, 121)]
    [TestCase(3, 91, 181)]
    [TestCase(7, 211, 421)]
    [TestCase(20, 601, 1201)]
    public void Repetition_count_is_1_plus_ceil_alpha_by_entropy(int osr, int intermittent, int permanent) =>
        Assert.That(HealthCutoff.ForRepetitionCount(1.0 / osr), Is.EqualTo(new HealthCutoff(intermittent, permanent)));

    [TestCase(1, 325, 355)]
    [TestCase(2, 422, 447)]
    [TestCase(3, 458, 479)]
    [TestCase(4, 477, 494)]
    [TestCase(5, 487, 502)]
    [TestCase(6, 494, 507)]
    [TestCase(8, 502, 512)]
    [TestCase(10, 507, Unreachable)]
    [TestCase(15, 512, Unreachable)]
    [TestCase(20, Unreachable, Unreachable)]
    public void Adaptive_proportion_has_the_published_cutoffs(int osr, int intermittent, int permanent) =>
        Assert.That(HealthCutoff.ForAdaptiveProportion(1.0 / osr), Is.EqualTo(new HealthCutoff(intermittent, permanent)));

    [Test]
    public void Adaptive_proportion_agrees_with_exact_arithmetic([Range(1, 20)] int osr) =>
        Assert.That(
            HealthCutoff.ForAdaptiveProportion(1.0 / osr),
            Is.EqualTo(new HealthCutoff(ExactCutoff(osr, 30), ExactCutoff(osr, 60))));

    [Test]
    public void A_cutoff_above_the_window_is_inactive()
    {
        Assert.That(AdaptiveProportionTest.IsActive(HealthCutoff.AptWindow), Is.True);
        Assert.That(AdaptiveProportionTest.IsActive(Unreachable), Is.False);
    }

    [Test]
    public void Verdicts_change_exactly_at_the_cutoffs()
    {
        var cutoff = new HealthCutoff(31, 61);
        Assert.That(
            new[] { cutoff.Judge(30), cutoff.Judge(31), cutoff.Judge(60), cutoff.Judge(61) },
            Is.EqualTo(new[]
            {
                HealthVerdict.Pass, HealthVerdict.IntermittentFailure, HealthVerdict.IntermittentFailure, HealthVerdict.PermanentFailure,
            }));
    }

    // 1 + critbinom(512, 2^(-1/osr), 1 - 2^-alphaBits), in integers: p is the osr-th root of 1/2 to 512 bits.
    private static int ExactCutoff(int osr, int alphaBits)
    {
        const int W = HealthCutoff.AptWindow;
        BigInteger one = BigInteger.One << FractionBits;
        BigInteger p = Root(BigInteger.One << ((FractionBits * osr) - 1), osr);
        BigInteger alpha = one >> alphaBits;
        BigInteger tail = BigInteger.Zero;
        BigInteger choose = BigInteger.One;
        for (int k = W; k >= 0; k--)
        {
            BigInteger term = choose * BigInteger.Pow(p, k) * BigInteger.Pow(one - p, W - k);
            tail += term >> (FractionBits * (W - 1));
            if (tail > alpha)
            {
                return 1 + k;
            }

            choose = choose * k / (W - k + 1);
        }

        return 1;
    }

    private static BigInteger Root(BigInteger value, int degree)
    {
        BigInteger low = BigInteger.Zero;
        BigInteger high = BigInteger.One << FractionBits;
        while (low < high)
        {
            BigInteger middle = (low + high + 1) >> 1;
            if (BigInteger.Pow(middle, degree) <= value)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }
}
