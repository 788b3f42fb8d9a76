// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Net;
using System.Text;

namespace LrngCuse.Assessment;

/// <summary>The report as one HTML file that needs no other.</summary>
internal static class AssessmentHtml
{
    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
        table { border-collapse: collapse; width: 100%; }
        th, td { padding: .2rem .6rem; border-bottom: 1px solid #ddd; text-align: right; font-variant-numeric: tabular-nums; }
        th:first-child, td:first-child, th:nth-child(2), td:nth-child(2) { text-align: left; }
        svg { width: 100%; height: auto; } svg text { font-size: 11px; fill: #555; }
        rect { fill: #47a; } .line { stroke: #47a; fill: none; } .frame { stroke: #999; fill: none; }
        .bound { stroke: #c30; stroke-dasharray: 4 3; }
        """;

    internal static string Of(AssessmentTable table)
    {
        var html = new StringBuilder();
        _ = html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        _ = html.Append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>Min-entropy of ").Append(Encode(table.File));
        _ = html.Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n");
        _ = html.Append("<h1>Min-entropy after SP 800-90B 6.3</h1>\n");
        Paragraph(html, table.Description);
        foreach (string line in table.Warnings.Concat(table.Conclusions))
        {
            Paragraph(html, line);
        }

        Table(html, table);
        Picture(html, "Estimates, bits a symbol, and the result", AssessmentPictures.Estimates(table));
        Picture(html, "How often each value occurs", AssessmentPictures.Histogram(table.Samples));
        Picture(html, "The samples in order", AssessmentPictures.Series(table.Samples));
        Picture(html, "Autocorrelation by lag, and the 99 % range of independent samples", AssessmentPictures.Correlation(table.Samples));
        Paragraph(html, $"lrng {ProgramVersion.Text}");
        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void Table(StringBuilder html, AssessmentTable table)
    {
        (string first, string second) = table.Headings;
        _ = html.Append("<table>\n<tr><th>estimator</th><th>clause</th><th>");
        _ = html.Append(first).Append("</th><th>").Append(second).Append("</th></tr>\n");
        for (int i = 0; i < table.Estimates.Count; i++)
        {
            (Estimate? left, Estimate? right) = table.Estimates[i];
            string note = Encode(string.Join("; ", AssessmentTable.Notes(first, left, second, right)));
            _ = html.Append("<tr title=\"").Append(note).Append("\"><td>").Append(Estimator.All[i].Name);
            _ = html.Append("</td><td>").Append(Estimator.All[i].Clause);
            _ = html.Append("</td><td>").Append(AssessmentText.Cell(left));
            _ = html.Append("</td><td>").Append(AssessmentText.Cell(right)).Append("</td></tr>\n");
        }

        _ = html.Append("</table>\n");
    }

    private static void Picture(StringBuilder html, string caption, string svg) =>
        html.Append("<figure>\n<figcaption>").Append(Encode(caption)).Append("</figcaption>\n").Append(svg).Append("</figure>\n");

    private static void Paragraph(StringBuilder html, string text) => html.Append("<p>").Append(Encode(text)).Append("</p>\n");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
