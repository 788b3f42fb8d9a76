// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>The non-IID assessment of a data set (SP 800-90B 3.1.3, without the submitter's own estimate).</summary>
internal sealed class AssessmentResult
{
    private AssessmentResult(SampleSet samples, Estimate?[] literal, Estimate?[]? bits)
    {
        Samples = samples;
        Literal = literal;
        Bits = bits;
    }

    internal SampleSet Samples { get; }

    /// <summary>In the order of <see cref="Estimator.All"/>; null where an estimator is for bits only.</summary>
    internal IReadOnlyList<Estimate?> Literal { get; }

    /// <summary>The same for the bits of the symbols; null for two symbols.</summary>
    internal IReadOnlyList<Estimate?>? Bits { get; }

    /// <summary>H_original, bits a symbol.</summary>
    internal double OriginalEntropy => Least(Literal, Samples.BitsPerSymbol);

    /// <summary>H_bitstring, bits a bit.</summary>
    internal double? BitEntropy => Bits is null ? null : Least(Bits, 1.0);

    // min(H_original, n H_bitstring)
    internal double MinEntropy =>
        BitEntropy is { } bit ? Math.Min(OriginalEntropy, Samples.BitsPerSymbol * bit) : OriginalEntropy;

    internal static AssessmentResult Of(SampleSet samples, EstimatorRun.Progress? progress)
    {
        SymbolSequence? bits = samples.ToBits();
        Estimate?[][] estimates = EstimatorRun.Over(bits is null ? [samples.Literal] : [samples.Literal, bits], progress);
        return new AssessmentResult(samples, estimates[0], bits is null ? null : estimates[1]);
    }

    /// <summary>The least of the estimates, and of what the symbols could carry at most.</summary>
    internal static double Least(IEnumerable<Estimate?> estimates, double atMost)
    {
        double least = atMost;
        foreach (Estimate? estimate in estimates)
        {
            least = Math.Min(least, estimate?.MinEntropy ?? least);
        }

        return least;
    }
}
