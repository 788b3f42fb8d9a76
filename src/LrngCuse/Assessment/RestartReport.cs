// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>The report of the restart tests.</summary>
internal static class RestartReport
{
    internal static AssessmentTable Of(RestartResult result, string file, IReadOnlyList<string> warnings) => new()
    {
        File = file,
        Samples = result.Samples,
        Warnings = warnings,
        Headings = ("rows", "columns"),
        Estimates = [.. result.Rows.Estimates.Zip(result.Columns.Estimates)],
        Conclusions = [.. Conclude(result)],
        Document = Document(result, file, warnings),
    };

    private static IEnumerable<string> Conclude(RestartResult result)
    {
        string origin = result.InitialIsGiven ? "given" : "the assessment of the row data set, as --initial was not given";
        yield return $"H_I: {result.InitialEntropy:F6} bits a symbol ({origin})";
        yield return Sanity("row", result.Rows);
        yield return Sanity("column", result.Columns);
        yield return $"sanity check: {(result.IsSane ? "passed" : "failed")}";
        yield return $"H_r: {result.Rows.MinEntropy:F6} bits a symbol ({AssessmentTable.LeastOf(result.Rows.Estimates)})";
        yield return $"H_c: {result.Columns.MinEntropy:F6} bits a symbol ({AssessmentTable.LeastOf(result.Columns.Estimates)})";
        yield return $"validation, min(H_r, H_c) >= H_I / 2: {(result.IsValid ? "passed" : "failed")}";
        string verdict = result.Passed ? "min(H_r, H_c, H_I)" : "a failed restart test leaves nothing";
        yield return $"min-entropy: {result.MinEntropy:F6} bits of {result.Samples.BitsPerSymbol} a symbol ({verdict})";
    }

    private static string Sanity(string what, RestartSide side) =>
        $"most frequent symbol of a {what}: {side.LargestCount} times, "
        + $"cut-off {side.Cutoff} (binomial of one symbol: {side.BinomialCutoff})";

    private static AssessmentDocument Document(RestartResult result, string file, IReadOnlyList<string> warnings) => new()
    {
        Schema = AssessmentReport.Schema,
        Version = ProgramVersion.Text,
        File = file,
        Samples = result.Samples.Samples.Length,
        BitsPerSymbol = result.Samples.BitsPerSymbol,
        DistinctSymbols = result.Samples.Literal.AlphabetSize,
        Warnings = warnings,
        Estimators = [.. Estimator.All.Select((estimator, i) => Row(estimator, result.Rows.Estimates[i], result.Columns.Estimates[i]))],
        MinEntropy = result.MinEntropy,
        Restart = Restart(result),
    };

    private static EstimatorDocument Row(Estimator estimator, Estimate? rows, Estimate? columns)
    {
        IReadOnlyList<string> notes = AssessmentTable.Notes("rows", rows, "columns", columns);
        return new EstimatorDocument
        {
            Name = estimator.Key,
            Clause = estimator.Clause,
            Rows = rows?.MinEntropy,
            Columns = columns?.MinEntropy,
            Notes = notes.Count > 0 ? notes : null,
        };
    }

    private static RestartDocument Restart(RestartResult result) => new()
    {
        Rows = result.Shape.Rows,
        Columns = result.Shape.Columns,
        HI = result.InitialEntropy,
        HIGiven = result.InitialIsGiven,
        HR = result.Rows.MinEntropy,
        HC = result.Columns.MinEntropy,
        LargestCountRows = result.Rows.LargestCount,
        LargestCountColumns = result.Columns.LargestCount,
        CutoffRows = result.Rows.Cutoff,
        CutoffColumns = result.Columns.Cutoff,
        BinomialCutoffRows = result.Rows.BinomialCutoff,
        BinomialCutoffColumns = result.Columns.BinomialCutoff,
        SanityCheckPassed = result.IsSane,
        ValidationPassed = result.IsValid,
        Passed = result.Passed,
    };
}
