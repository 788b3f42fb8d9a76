// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>The report of an assessment of consecutive samples.</summary>
internal static class AssessmentReport
{
    internal const int Schema = 1;

    // SP 800-90B 3.1.1.
    internal const int RecommendedSamples = 1_000_000;

    internal static AssessmentTable Of(AssessmentResult result, string file, IReadOnlyList<string> warnings) => new()
    {
        File = file,
        Samples = result.Samples,
        Warnings = warnings,
        Headings = ("literal", "bitstring"),
        Estimates = [.. result.Literal.Select((estimate, i) => (estimate, result.Bits?[i]))],
        Conclusions = [.. Conclude(result)],
        Document = Document(result, file, warnings),
    };

    private static IEnumerable<string> Conclude(AssessmentResult result)
    {
        int bits = result.Samples.BitsPerSymbol;
        yield return $"H_original: {result.OriginalEntropy:F6} bits a symbol ({AssessmentTable.LeastOf(result.Literal)})";
        if (result.BitEntropy is { } bit)
        {
            yield return $"H_bitstring: {bit:F6} bits a bit ({AssessmentTable.LeastOf(result.Bits!)}), {bits * bit:F6} a symbol";
        }

        yield return $"min-entropy: {result.MinEntropy:F6} bits of {bits} a symbol";
    }

    private static AssessmentDocument Document(AssessmentResult result, string file, IReadOnlyList<string> warnings) => new()
    {
        Schema = Schema,
        Version = ProgramVersion.Text,
        File = file,
        Samples = result.Samples.Samples.Length,
        BitsPerSymbol = result.Samples.BitsPerSymbol,
        DistinctSymbols = result.Samples.Literal.AlphabetSize,
        Warnings = warnings,
        Estimators = [.. Estimator.All.Select((estimator, i) => Row(estimator, result.Literal[i], result.Bits?[i]))],
        HOriginal = result.OriginalEntropy,
        HBitstring = result.BitEntropy,
        HBitstringPerSymbol = result.Samples.BitsPerSymbol * result.BitEntropy,
        MinEntropy = result.MinEntropy,
    };

    private static EstimatorDocument Row(Estimator estimator, Estimate? literal, Estimate? bits)
    {
        IReadOnlyList<string> notes = AssessmentTable.Notes("literal", literal, "bitstring", bits);
        return new EstimatorDocument
        {
            Name = estimator.Key,
            Clause = estimator.Clause,
            Literal = literal?.MinEntropy,
            Bitstring = bits?.MinEntropy,
            Notes = notes.Count > 0 ? notes : null,
        };
    }
}
