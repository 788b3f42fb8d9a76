// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Text;

namespace LrngCuse.Assessment;

/// <summary>The report for people.</summary>
internal static class AssessmentText
{
    internal static string Of(AssessmentTable table)
    {
        (string first, string second) = table.Headings;
        var text = new StringBuilder();
        Line(text, table.Description);
        Line(text, "");
        Line(text, $"{"estimator",-22}{"clause",-8}{first,11}{second,11}");
        var notes = new List<string>();
        for (int i = 0; i < table.Estimates.Count; i++)
        {
            Estimator estimator = Estimator.All[i];
            (Estimate? left, Estimate? right) = table.Estimates[i];
            Line(text, $"{estimator.Name,-22}{estimator.Clause,-8}{Cell(left),11}{Cell(right),11}");
            notes.AddRange(AssessmentTable.Notes(first, left, second, right).Select(note => $"{estimator.Name}, {note}"));
        }

        Line(text, "");
        foreach (string line in notes.Concat(table.Conclusions).Concat(Proposal(table)))
        {
            Line(text, line);
        }

        return text.ToString();
    }

    private static IEnumerable<string> Proposal(AssessmentTable table) =>
        table.Document.Applied is { } applied ? ["", .. applied.Configuration] : [];

    /// <summary>- for what does not apply, none for what the data do not allow.</summary>
    internal static string Cell(Estimate? estimate) => estimate switch
    {
        null => "-",
        { MinEntropy: { } value } => value.ToString("F6", CultureInfo.InvariantCulture),
        _ => "none",
    };

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
