// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>The restart tests of SP 800-90B 3.1.4: what was measured, and what follows.</summary>
internal sealed record RestartResult
{
    internal required SampleSet Samples { get; init; }

    internal required RestartShape Shape { get; init; }

    /// <summary>H_I, bits a symbol.</summary>
    internal required double InitialEntropy { get; init; }

    /// <summary>Whether H_I was given; otherwise it is the assessment of the row data set.</summary>
    internal required bool InitialIsGiven { get; init; }

    internal required RestartSide Rows { get; init; }

    internal required RestartSide Columns { get; init; }

    /// <summary>3.1.4.3: no symbol is too frequent in a row or column.</summary>
    internal bool IsSane => Rows.LargestCount <= Rows.Cutoff && Columns.LargestCount <= Columns.Cutoff;

    /// <summary>3.1.4.2: min(H_r, H_c) is at least half of H_I.</summary>
    internal bool IsValid => Math.Min(Rows.MinEntropy, Columns.MinEntropy) >= InitialEntropy / 2;

    internal bool Passed => IsSane && IsValid;

    // min(H_r, H_c, H_I), or nothing at all.
    internal double MinEntropy => Passed ? Math.Min(Math.Min(Rows.MinEntropy, Columns.MinEntropy), InitialEntropy) : 0;
}

/// <summary>The row data set, or the column data set.</summary>
/// <param name="Estimates">In the order of <see cref="Estimator.All"/>.</param>
/// <param name="MinEntropy">H_r or H_c, bits a symbol.</param>
/// <param name="LargestCount">X_r or X_c: how often a symbol occurs in one row or column.</param>
/// <param name="Cutoff">What it may be, by the largest count.</param>
/// <param name="BinomialCutoff">What it may be, by the count of one symbol; for comparison.</param>
internal sealed record RestartSide(IReadOnlyList<Estimate?> Estimates, double MinEntropy, int LargestCount, int Cutoff, int BinomialCutoff);
