// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Assessment;

namespace LrngCuse.Tests.Assessment;

/// <summary>The restart tests of SP 800-90B 3.1.4.</summary>
[TestFixture]
internal sealed class RestartTests
{
    private static readonly RestartShape s_shape = new(100, 1000);

    [Test]
    public void The_largest_count_has_its_exact_distribution([Values(0.4, 1.0, 1.3, 2.0)] double minEntropy, [Values(1, 2, 3, 6)] int count)
    {
        const int Samples = 6;
        double p = Math.Pow(2, -minEntropy);
        double[] symbols = [.. Enumerable.Repeat(p, (int)(1 / p)), 1 - (int)(1 / p) * p];
        double expected = Words(symbols.Length, Samples)
            .Where(word => word.GroupBy(symbol => symbol).Max(group => group.Count()) <= count)
            .Sum(word => word.Aggregate(1.0, (product, symbol) => product * symbols[symbol]));
        Assert.That(new LargestCountBound(Samples).ProbabilityWithin(count, minEntropy), Is.EqualTo(expected).Within(1e-12));
    }

    [TestCase(0.5, 769, 769)]
    [TestCase(1, 572, 570)]
    [TestCase(8, 19, 15)]
    [TestCase(0, 1000, 1000)]
    public void The_cutoff_of_a_thousand_samples_is_known(double minEntropy, int cutoff, int binomial)
    {
        var bound = new LargestCountBound(1000);
        double alpha = LargestCountBound.FalseAlarm(RestartShape.Standard);
        Assert.That(alpha, Is.EqualTo(0.000005).Within(1e-7));
        Assert.That((bound.Cutoff(minEntropy, alpha), bound.BinomialCutoff(minEntropy, alpha)), Is.EqualTo((cutoff, binomial)));
    }

    [Test]
    public void Restarts_that_differ_pass()
    {
        SampleSet samples = SampleSet.Of(ReferenceData.Samples("uniform8"), 8);
        RestartResult result = RestartTest.Of(samples, s_shape, 6.9, null);
        Assert.That((result.IsSane, result.IsValid, result.Passed, result.MinEntropy), Is.EqualTo((true, true, true, 6.9)));

        // The rows are the literal samples: H_r is NIST's H_original of them.
        Assert.That(result.Rows.MinEntropy, Is.EqualTo(7.6461189124011568).Within(1e-6));
    }

    [Test]
    public void Without_an_initial_estimate_the_rows_are_assessed()
    {
        RestartResult result = RestartTest.Of(SampleSet.Of(ReferenceData.Samples("uniform8"), 8), s_shape, null, null);
        Assert.That((result.InitialIsGiven, result.Passed), Is.EqualTo((false, true)));
        Assert.That(result.InitialEntropy, Is.EqualTo(6.9746779412756341).Within(1e-6));
    }

    [Test]
    public void Restarts_that_repeat_each_other_fail()
    {
        byte[] row = TestSequences.Symbols(1000, 256, 3);
        SampleSet samples = SampleSet.Of([.. Enumerable.Repeat(row, 100).SelectMany(symbols => symbols)], 8);
        RestartResult result = RestartTest.Of(samples, s_shape, 4, null);
        Assert.That((result.IsSane, result.IsValid, result.Passed, result.MinEntropy), Is.EqualTo((false, false, false, 0.0)));
        Assert.That(result.Columns.LargestCount, Is.EqualTo(100));
    }

    [Test]
    public void A_claim_of_more_than_twice_the_estimate_fails()
    {
        SampleSet samples = SampleSet.Of(ReferenceData.Samples("markov2"), 2);
        RestartResult result = RestartTest.Of(samples, s_shape, 1.0, null);
        Assert.That(result.IsValid, Is.True);
        Assert.That((result with { InitialEntropy = 1.05 }).IsValid, Is.False);
    }

    [TestCase("1000x1000", true)]
    [TestCase("2x4096", true)]
    [TestCase("1x1000", false)]
    [TestCase("1000x4097", false)]
    [TestCase("1000", false)]
    [TestCase("1000X1000", false)]
    [TestCase("10x10x10", false)]
    [TestCase("-2x10", false)]
    [TestCase("x", false)]
    public void A_shape_is_rows_and_columns(string text, bool valid)
    {
        Assert.That(RestartShape.TryParse(text, out RestartShape shape), Is.EqualTo(valid));
        Assert.That(shape.ToString(), Is.EqualTo(valid ? text : "0x0"));
    }

    private static IEnumerable<int[]> Words(int symbols, int length) => length == 0
        ? [[]]
        : Words(symbols, length - 1).SelectMany(word => Enumerable.Range(0, symbols).Select(symbol => (int[])[.. word, symbol]));
}
