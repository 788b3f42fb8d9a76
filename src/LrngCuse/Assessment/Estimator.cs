// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>One of the ten estimators.</summary>
/// <param name="Name">Its name in the standard.</param>
/// <param name="Key">Its name in JSON.</param>
/// <param name="Clause">Clause of SP 800-90B.</param>
/// <param name="BinaryOnly">Whether it is defined for bits only.</param>
/// <param name="LeastSymbols">Symbols without which it says nothing.</param>
/// <param name="Run">The estimate for a sequence of at least as many symbols.</param>
internal sealed record Estimator(
    string Name, string Key, string Clause, bool BinaryOnly, int LeastSymbols, Func<SymbolSequence, Estimate> Run)
{
    /// <summary>In the order of the standard.</summary>
    internal static IReadOnlyList<Estimator> All { get; } =
    [
        new("Most Common Value", "most_common_value", "6.3.1", false, 2, MostCommonValueEstimator.Of),
        new("Collision", "collision", "6.3.2", true, 6, CollisionEstimator.Of),
        new("Markov", "markov", "6.3.3", true, 2, MarkovEstimator.Of),
        new("Compression", "compression", "6.3.4", true,
            (CompressionEstimator.DictionaryBlocks + 2) * CompressionEstimator.BlockBits, sequence => CompressionEstimator.Of(sequence)),
        new("t-Tuple", "t_tuple", "6.3.5", false, TTupleEstimator.Cutoff, sequence => TTupleEstimator.Of(sequence)),
        new("LRS", "lrs", "6.3.6", false, TTupleEstimator.Cutoff, sequence => LongestRepeatedSubstringEstimator.Of(sequence)),
        new("MultiMCW Prediction", "multi_mcw", "6.3.7", false, 4096, MultiMcwEstimator.Of),
        new("Lag Prediction", "lag", "6.3.8", false, 3, sequence => LagEstimator.Of(sequence)),
        new("MultiMMC Prediction", "multi_mmc", "6.3.9", false, MultiMmcEstimator.Depth + 1, sequence => MultiMmcEstimator.Of(sequence)),
        new("LZ78Y Prediction", "lz78y", "6.3.10", false, Lz78yEstimator.Depth + 3, sequence => Lz78yEstimator.Of(sequence)),
    ];

    internal bool AppliesTo(SymbolSequence sequence) => !BinaryOnly || sequence.IsBinary;
}
