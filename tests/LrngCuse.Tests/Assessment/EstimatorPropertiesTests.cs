// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Assessment;

namespace LrngCuse.Tests.Assessment;

/// <summary>What holds for every data set.</summary>
[TestFixture]
internal sealed class EstimatorPropertiesTests
{
    // These break ties by the value of a symbol.
    private static readonly string[] s_ordered = ["multi_mmc", "lz78y"];

    private static IEnumerable<Estimator> General => Estimator.All.Where(estimator => !estimator.BinaryOnly);

    [TestCaseSource(nameof(General))]
    public void Names_of_symbols_do_not_matter(object source)
    {
        var estimator = (Estimator)source;
        byte[] symbols = TestSequences.Symbols(10_000, 13, 4);
        double? estimate = estimator.Run(new SymbolSequence(symbols, 13)).MinEntropy;
        byte[] renamed = [.. symbols.Select(symbol => (byte)(5 * symbol % 13))];
        double? other = estimator.Run(new SymbolSequence(renamed, 13)).MinEntropy;
        Assert.That(other, Is.EqualTo(estimate).Within(s_ordered.Contains(estimator.Key) ? 0.05 : 0));
    }

    [TestCaseSource(nameof(General))]
    public void Gaps_between_values_do_not_matter(object source)
    {
        var estimator = (Estimator)source;
        byte[] symbols = TestSequences.Symbols(10_000, 13, 4);
        SampleSet wide = SampleSet.Of([.. symbols.Select(symbol => (byte)(3 * symbol + 200))], 8);
        Assert.That(estimator.Run(wide.Literal), Is.EqualTo(estimator.Run(SampleSet.Of(symbols, 4).Literal)));
    }

    [Test]
    public void Estimates_are_between_none_and_all_of_the_bits([Values(2, 3, 16, 256)] int alphabetSize)
    {
        SymbolSequence sequence = TestSequences.Sequence(10_000, alphabetSize, 11);
        foreach (Estimator estimator in Estimator.All.Where(estimator => estimator.AppliesTo(sequence)))
        {
            Estimate estimate = estimator.Run(sequence);
            Assert.That(estimate.MinEntropy ?? 0, Is.InRange(0, Math.Log2(alphabetSize)), estimator.Name);
        }
    }

    [Test]
    public void A_repeated_pattern_is_seen_through()
    {
        byte[] samples = [.. Enumerable.Range(0, 20_000).Select(i => (byte)(i % 100))];
        AssessmentResult result = AssessmentResult.Of(SampleSet.Of(samples, 7), null);
        Assert.That(result.MinEntropy, Is.LessThan(0.01));
        Assert.That(Estimator.All[0].Run(result.Samples.Literal).MinEntropy, Is.GreaterThan(6));
    }

    [Test]
    public void Where_every_repetition_is_frequent_there_is_no_LRS_estimate()
    {
        // A de Bruijn sequence: all pairs of 60 symbols once each, so that no pair repeats, but each symbol is frequent.
        byte[] samples = [.. from first in Enumerable.Range(0, 60) from second in Enumerable.Range(first, 60 - first)
                             from symbol in second == first ? new[] { first } : [first, second] select (byte)symbol];
        RepeatedStrings strings = new SymbolSequence(samples, 60).Repeated;
        Assert.That((strings.Longest, strings.MostFrequent(1) >= TTupleEstimator.Cutoff), Is.EqualTo((1, true)));
        Estimate estimate = LongestRepeatedSubstringEstimator.Of(new SymbolSequence(samples, 60));
        Assert.That((estimate.MinEntropy, estimate.Absence), Is.EqualTo(((double?)null, "every repeated string occurs 35 times")));
    }

    [Test]
    public void Two_symbols_are_assessed_once()
    {
        byte[] samples = [.. TestSequences.Symbols(10_000, 2, 5).Select(bit => (byte)(200 * bit))];
        AssessmentResult result = AssessmentResult.Of(SampleSet.Of(samples, 8), null);
        Assert.That(result.Bits, Is.Null);
        Assert.That(result.Literal, Has.All.Not.Null);
        Assert.That(result.MinEntropy, Is.EqualTo(result.OriginalEntropy).And.LessThanOrEqualTo(1));
    }

    [Test]
    public void Bits_are_those_of_the_samples_and_not_of_their_new_names()
    {
        SampleSet samples = SampleSet.Of([5, 1, 4], 3);
        Assert.That(samples.Literal.Symbols.ToArray(), Is.EqualTo(new byte[] { 2, 0, 1 }));
        Assert.That(samples.ToBits()!.Symbols.ToArray(), Is.EqualTo(new byte[] { 1, 0, 1, 0, 0, 1, 1, 0, 0 }));
    }
}
