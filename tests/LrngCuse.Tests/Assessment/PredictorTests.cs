// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Assessment;

namespace LrngCuse.Tests.Assessment;

/// <summary>The fast predictors against the steps of the standard taken literally.</summary>
[TestFixture]
internal sealed class PredictorTests
{
    [Test]
    public void Lag_counts_as_the_standard_does([Values(2, 4, 256)] int alphabetSize)
    {
        byte[] symbols = TestSequences.Symbols(3000, alphabetSize, 7);
        PredictionTally expected = default;
        int[] scores = new int[LagEstimator.Lags];
        int winner = 0;
        for (int i = 1; i < symbols.Length; i++)
        {
            expected.Count(i > winner && symbols[i - 1 - winner] == symbols[i]);
            for (int lag = 0; lag < Math.Min(i, scores.Length); lag++)
            {
                if (symbols[i - 1 - lag] == symbols[i] && ++scores[lag] >= scores[winner])
                {
                    winner = lag;
                }
            }
        }

        Same(LagEstimator.Predict(symbols, LagEstimator.Lags), expected);
    }

    [Test]
    public void Multi_mcw_counts_as_the_standard_does([Values(2, 5, 40)] int alphabetSize)
    {
        int[] widths = [3, 7, 15, 31];
        byte[] symbols = TestSequences.Symbols(2000, alphabetSize, 9);
        PredictionTally expected = default;
        int[] scores = new int[widths.Length];
        int winner = 0;
        for (int i = widths[0]; i < symbols.Length; i++)
        {
            int[] predictions = [.. widths.Select(width => i < width ? -1 : MostCommon(symbols[(i - width)..i]))];
            expected.Count(predictions[winner] == symbols[i]);
            for (int j = 0; j < widths.Length; j++)
            {
                if (predictions[j] == symbols[i] && ++scores[j] >= scores[winner])
                {
                    winner = j;
                }
            }
        }

        Same(MultiMcwEstimator.Predict(new SymbolSequence(symbols, alphabetSize), widths), expected);
    }

    // Two kinds of dictionary for the same bits: an alphabet of three, one symbol of which never occurs, takes the general one.
    [Test]
    public void Both_dictionaries_predict_alike([Values(1ul, 2ul, 3ul)] ulong seed)
    {
        byte[] bits = TestSequences.Symbols(300_000, 2, seed);
        var binary = new SymbolSequence(bits, 2);
        var general = new SymbolSequence(bits, 3);
        Same(MultiMmcEstimator.Predict(general, MultiMmcEstimator.Depth), MultiMmcEstimator.Predict(binary, MultiMmcEstimator.Depth));
        Same(Lz78yEstimator.Predict(general, Lz78yEstimator.Depth), Lz78yEstimator.Predict(binary, Lz78yEstimator.Depth));
    }

    // A source that needs contexts of four symbols, of which there are more than may be counted. The numbers come from a program that
    // follows NIST's in searching and counting, with ordinary dictionaries; ten entries more or fewer change the first of them.
    [Test]
    public void Full_dictionaries_predict_on()
    {
        byte[] noise = TestSequences.Symbols(200_000, 16, 21);
        byte[] symbols = [.. noise];
        for (int i = 4; i < symbols.Length; i++)
        {
            symbols[i] = noise[i] == noise[i - 1] ? (byte)((symbols[i - 2] + 3 * symbols[i - 4]) % 16) : noise[i];
        }

        var sequence = new SymbolSequence(symbols, 16);
        PredictionTally multiMmc = MultiMmcEstimator.Predict(sequence, MultiMmcEstimator.Depth);
        Assert.That((multiMmc.Correct, multiMmc.LongestRun), Is.EqualTo((48880, 13)));
        PredictionTally lz78y = Lz78yEstimator.Predict(sequence, Lz78yEstimator.Depth);
        Assert.That((lz78y.Correct, lz78y.LongestRun), Is.EqualTo((12738, 4)));
    }

    private static int MostCommon(byte[] window) =>
        window.Select((symbol, place) => (symbol, place)).GroupBy(item => item.symbol)
            .MaxBy(group => (group.Count(), group.Max(item => item.place)))!.Key;

    private static void Same(PredictionTally actual, PredictionTally expected) =>
        Assert.That((actual.Correct, actual.LongestRun), Is.EqualTo((expected.Correct, expected.LongestRun)));
}
