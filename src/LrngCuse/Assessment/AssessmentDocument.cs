// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.Json.Serialization;

namespace LrngCuse.Assessment;

/// <summary>What `lrng assess --json` prints. Members are only ever added under one schema number; entropies are in bits.</summary>
internal sealed record AssessmentDocument
{
    public required int Schema { get; init; }

    public required string Version { get; init; }

    public required string File { get; init; }

    public required int Samples { get; init; }

    public required int BitsPerSymbol { get; init; }

    public required int DistinctSymbols { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>In the order of the standard.</summary>
    public required IReadOnlyList<EstimatorDocument> Estimators { get; init; }

    /// <summary>The least of the literal estimates; absent with restart.</summary>
    public double? HOriginal { get; init; }

    /// <summary>The least of the estimates of the bits, a bit; absent for two symbols and with restart.</summary>
    public double? HBitstring { get; init; }

    public double? HBitstringPerSymbol { get; init; }

    /// <summary>The result, a symbol; 0 where a restart test failed.</summary>
    public required double MinEntropy { get; init; }

    /// <summary>Present with --restart.</summary>
    public RestartDocument? Restart { get; init; }

    /// <summary>Present with --apply.</summary>
    public AppliedDocument? Applied { get; init; }
}

/// <summary>An estimator's results; what does not apply is absent, and what the data do not allow is named in Notes.</summary>
internal sealed record EstimatorDocument
{
    public required string Name { get; init; }

    public required string Clause { get; init; }

    public double? Literal { get; init; }

    public double? Bitstring { get; init; }

    public double? Rows { get; init; }

    public double? Columns { get; init; }

    public IReadOnlyList<string>? Notes { get; init; }
}

/// <summary>The restart tests.</summary>
internal sealed record RestartDocument
{
    public required int Rows { get; init; }

    public required int Columns { get; init; }

    [JsonPropertyName("h_i")]
    public required double HI { get; init; }

    [JsonPropertyName("h_i_given")]
    public required bool HIGiven { get; init; }

    [JsonPropertyName("h_r")]
    public required double HR { get; init; }

    [JsonPropertyName("h_c")]
    public required double HC { get; init; }

    public required int LargestCountRows { get; init; }

    public required int LargestCountColumns { get; init; }

    public required int CutoffRows { get; init; }

    public required int CutoffColumns { get; init; }

    public required int BinomialCutoffRows { get; init; }

    public required int BinomialCutoffColumns { get; init; }

    public required bool SanityCheckPassed { get; init; }

    public required bool ValidationPassed { get; init; }

    public required bool Passed { get; init; }
}
