// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Assessment;

namespace LrngCuse.Tests.Assessment;

/// <summary>The example of each clause of SP 800-90B 6.3, with the small parameters that it uses.</summary>
[TestFixture]
internal sealed class WorkedExamplesTests
{
    // The standard gives four digits; the further ones come from its formulas.
    private const double Tolerance = 1e-9;

    // 6.3.2 and 6.3.3; 6.3.4 continues it. 6.3.5 and 6.3.6 share theirs.
    private const string Bits = "1000111001010101110011000111001010101110";
    private const string Tuples = "220102012120121001000";

    [Test]
    public void Most_common_value() =>
        Check(MostCommonValueEstimator.Of(Sequence("01120122010110221021", '0')), 0.5363812645502801);

    [Test]
    public void Collision() => Check(CollisionEstimator.Of(Sequence(Bits, '0')), 0.44838478567480256);

    [Test]
    public void Markov() => Check(MarkovEstimator.Of(Sequence(Bits, '0')), 0.7606360062539939);

    [Test]
    public void Compression() => Check(CompressionEstimator.Of(Sequence(Bits + "11100011", '0'), dictionaryBlocks: 4), 0.1345461309606172);

    [Test]
    public void T_tuple() => Check(TTupleEstimator.Of(Sequence(Tuples, '0'), cutoff: 3), 0.27311214128766015);

    [Test]
    public void Longest_repeated_substring() =>
        Check(LongestRepeatedSubstringEstimator.Of(Sequence(Tuples, '0'), cutoff: 3), 0.6146042659903591);

    [Test]
    public void Multi_most_common_in_window()
    {
        SymbolSequence sequence = Sequence("121021122000", '0');
        PredictionTally tally = MultiMcwEstimator.Predict(sequence, [3, 5, 7, 9]);
        Assert.That((tally.Correct, tally.LongestRun), Is.EqualTo((3, 1)));
        Check(MultiMcwEstimator.Of(sequence, [3, 5, 7, 9]), 0.3909292658069362);
    }

    [Test]
    public void Lag()
    {
        SymbolSequence sequence = Sequence("2132131312", '1');
        PredictionTally tally = LagEstimator.Predict(sequence.Symbols, lags: 3);
        Assert.That((tally.Correct, tally.LongestRun), Is.EqualTo((2, 2)));
        Check(LagEstimator.Of(sequence, lags: 3), 0.7349627400879541);
    }

    [Test]
    public void Multi_mmc()
    {
        SymbolSequence sequence = Sequence("213213131", '1');
        PredictionTally tally = MultiMmcEstimator.Predict(sequence, depth: 3);
        Assert.That((tally.Correct, tally.LongestRun), Is.EqualTo((3, 2)));
        Check(MultiMmcEstimator.Of(sequence, depth: 3), 0.0755693647186149);
    }

    [Test]
    public void Lz78y()
    {
        SymbolSequence sequence = Sequence("2132131312132", '1');
        PredictionTally tally = Lz78yEstimator.Predict(sequence, depth: 4);
        Assert.That((tally.Correct, tally.LongestRun), Is.EqualTo((4, 2)));
        Check(Lz78yEstimator.Of(sequence, depth: 4), 0.01919087268379386);
    }

    private static void Check(Estimate estimate, double expected) =>
        Assert.That(estimate.MinEntropy, Is.EqualTo(expected).Within(Tolerance));

    private static SymbolSequence Sequence(string symbols, char first) =>
        new([.. symbols.Select(symbol => (byte)(symbol - first))], symbols.Max() - first + 1);
}
