// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;

namespace LrngCuse.Assessment;

/// <summary>What follows from an assessment for the configuration. Nothing is changed by it: that is the administrator's decision.</summary>
internal static class CreditProposal
{
    /// <summary>The assessment together with its proposal, in the form that is recorded.</summary>
    /// <param name="table">The assessment.</param>
    /// <param name="source">Whose noise it was.</param>
    /// <param name="platform">On what machine.</param>
    /// <param name="date">When, in UTC.</param>
    internal static AssessmentTable Apply(
        AssessmentTable table, AssessedSource source, AssessedPlatform platform, DateTimeOffset date)
    {
        AssessmentDocument document = table.Document;
        LowestEstimateDocument lowest = Lowest(document);
        (double entropy, string value, string reason) = Credit(document, source);
        var applied = new AppliedDocument
        {
            Source = source.Name,
            Date = date,
            Platform = platform,
            LowestEstimate = lowest,
            CreditedEntropy = entropy,
            Setting = new SettingDocument(source.Section, source.Key, value),
            Reason = reason,
            Configuration = Lines(document, source, platform, date, lowest, value, reason),
        };
        return table with { Document = document with { Applied = applied } };
    }

    private static (double Entropy, string Value, string Reason) Credit(AssessmentDocument document, AssessedSource source)
    {
        if (WhyNone(document) is { } obstacle)
        {
            return (0, source.NoCredit, $"no credit: {obstacle}");
        }

        double half = document.MinEntropy / 2;
        double entropy = Math.Min(half, source.MostEntropy);
        if (entropy <= 0 || source.ValueOf(entropy) is not { } value)
        {
            return (0, source.NoCredit, $"no credit: half of the lowest estimate, {Number(half)} bits {A(source.Unit)}, is too little");
        }

        string reason = entropy < half
            ? $"{Number(entropy)} bits {A(source.Unit)}, the most that this source is credited; half of the lowest estimate is {Number(half)}"
            : $"half of the lowest estimate, {Number(half)} bits {A(source.Unit)}";
        return (entropy, value, reason);
    }

    private static string? WhyNone(AssessmentDocument document)
    {
        if (document.Restart is not { } restart)
        {
            return document.Samples < AssessmentReport.RecommendedSamples
                ? $"{document.Samples} samples, SP 800-90B 3.1.1 asks for {AssessmentReport.RecommendedSamples}"
                : null;
        }

        RestartShape standard = RestartShape.Standard;
        return !restart.Passed ? "the restart tests failed"
            : restart.Rows < standard.Rows || restart.Columns < standard.Columns
                ? $"{restart.Rows}x{restart.Columns} restart samples, SP 800-90B 3.1.4.1 asks for {standard}"
                : null;
    }

    // min over literal estimates, bits times those of the bits, and with restart tests over rows and columns; no more than the width.
    private static LowestEstimateDocument Lowest(AssessmentDocument document)
    {
        (double? Entropy, string? Name)[] estimates =
        [
            (document.BitsPerSymbol, null),
            (document.Restart?.HI, "h_i"),
            .. document.Estimators.SelectMany(row => new (double?, string?)[]
            {
                (row.Literal, $"{row.Name} literal"),
                (row.Bitstring * document.BitsPerSymbol, $"{row.Name} bitstring"),
                (row.Rows, $"{row.Name} rows"),
                (row.Columns, $"{row.Name} columns"),
            }),
        ];
        (double? least, string? name) = estimates.Where(estimate => estimate.Entropy is not null).MinBy(estimate => estimate.Entropy);
        return new LowestEstimateDocument(least!.Value, name);
    }

    private static List<string> Lines(
        AssessmentDocument document,
        AssessedSource source,
        AssessedPlatform platform,
        DateTimeOffset date,
        LowestEstimateDocument lowest,
        string value,
        string reason)
    {
        string what = document.Restart is null ? "consecutive" : "restart";
        List<string> lines =
        [
            $"# {source.Name}, {date:yyyy-MM-dd}: {document.Samples} {what} samples of {document.BitsPerSymbol} bits; "
                + $"lowest estimate {Number(lowest.MinEntropy)} bits ({lowest.Estimator ?? "width of a sample"})",
            $"# {platform}",
            $"# {reason}",
        ];
        if (source.Key != "credit" && value != source.NoCredit)
        {
            lines.Add("# only one of interrupts and scheduler may have a number here");
        }

        lines.Add($"[{source.Section}]");
        lines.Add($"{source.Key} = {value}");
        return lines;
    }

    private static string A(string unit) => unit.StartsWith('e') ? $"an {unit}" : $"a {unit}";

    private static string Number(double bits) => bits.ToString("F6", CultureInfo.InvariantCulture);
}
