// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>What `lrng assess --apply` adds to an assessment: whose noise it was, on what machine, and the credit that follows.</summary>
internal sealed record AppliedDocument
{
    /// <summary>irq, sched or jitter.</summary>
    public required string Source { get; init; }

    /// <summary>When it was assessed, in UTC.</summary>
    public required DateTimeOffset Date { get; init; }

    public required AssessedPlatform Platform { get; init; }

    /// <summary>The least of all estimates with its estimator, in bits a symbol.</summary>
    public required LowestEstimateDocument LowestEstimate { get; init; }

    /// <summary>Entropy that is credited for a symbol, in bits: half of the lowest estimate at most; 0 if none.</summary>
    public required double CreditedEntropy { get; init; }

    /// <summary>Section, key and value of the configuration.</summary>
    public required SettingDocument Setting { get; init; }

    /// <summary>Why this value.</summary>
    public required string Reason { get; init; }

    /// <summary>The lines for a file in lrng.conf.d, comments included.</summary>
    public required IReadOnlyList<string> Configuration { get; init; }
}

/// <summary>The least estimate.</summary>
/// <param name="MinEntropy">Bits a symbol.</param>
/// <param name="Estimator">Whose it is, and of which data; absent if no estimator went below what the symbols could carry.</param>
internal sealed record LowestEstimateDocument(double MinEntropy, string? Estimator);

/// <summary>A setting that is proposed.</summary>
internal sealed record SettingDocument(string Section, string Key, string Value);
