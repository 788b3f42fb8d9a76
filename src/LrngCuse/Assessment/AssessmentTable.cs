// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>Results in the form that text, JSON and HTML share: two columns of estimates, and what follows from them in words.</summary>
internal sealed record AssessmentTable
{
    internal required string File { get; init; }

    internal required SampleSet Samples { get; init; }

    internal required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>literal and bitstring, or rows and columns.</summary>
    internal required (string First, string Second) Headings { get; init; }

    /// <summary>In the order of <see cref="Estimator.All"/>.</summary>
    internal required IReadOnlyList<(Estimate? First, Estimate? Second)> Estimates { get; init; }

    internal required IReadOnlyList<string> Conclusions { get; init; }

    internal required AssessmentDocument Document { get; init; }

    internal string Description =>
        $"{File}: {Samples.Samples.Length} samples of {Samples.BitsPerSymbol} bits, {Samples.Literal.AlphabetSize} distinct symbols";

    /// <summary>Why estimates are missing.</summary>
    internal static IReadOnlyList<string> Notes(string first, Estimate? firstEstimate, string second, Estimate? secondEstimate)
    {
        var notes = new List<string>();
        if (firstEstimate?.Absence is { } firstReason)
        {
            notes.Add($"{first}: {firstReason}");
        }

        if (secondEstimate?.Absence is { } secondReason)
        {
            notes.Add($"{second}: {secondReason}");
        }

        return notes;
    }

    /// <summary>The names of the estimators that gave the least estimate, for the words of the conclusions.</summary>
    internal static string LeastOf(IReadOnlyList<Estimate?> estimates)
    {
        int least = -1;
        for (int i = 0; i < estimates.Count; i++)
        {
            if (estimates[i]?.MinEntropy is { } value && (least < 0 || value < estimates[least]!.Value.MinEntropy))
            {
                least = i;
            }
        }

        return least < 0 ? "no estimator" : Estimator.All[least].Name;
    }
}
