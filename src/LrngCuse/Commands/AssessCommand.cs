// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Text;
using System.Text.Json;
using LrngCuse.Assessment;

namespace LrngCuse.Commands;

/// <summary>lrng assess: the min-entropy of recorded noise by SP 800-90B 6.3, and the restart tests of 3.1.4.</summary>
internal static class AssessCommand
{
    internal static Command Create()
    {
        var command = new Command("assess", "Estimate the min-entropy of recorded noise by SP 800-90B (samples need not be independent).")
        {
            AssessOptions.File, AssessOptions.Bits, AssessOptions.Format, AssessOptions.Mask, AssessOptions.Restart, AssessOptions.Initial,
            AssessOptions.Json, AssessOptions.Html, AssessOptions.Apply, AssessOptions.Source, AssessOptions.State,
        };
        command.Validators.Add(result =>
        {
            if (AssessOptions.Mistake(result) is { } mistake)
            {
                result.AddError(mistake);
            }
        });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(AssessOptions.File);
        string? html = parsed.GetValue(AssessOptions.Html);
        HtmlFile.Check(html);
        string? record = RecordOf(parsed);
        if (record is not null)
        {
            AssessmentRecord.Prepare(record);
        }

        SampleSet samples = Load(parsed, file);
        AssessmentTable table = parsed.GetResult(AssessOptions.Restart) is null
            ? Assess(samples, file)
            : TestRestarts(samples, file, Shape(parsed), parsed.GetValue(AssessOptions.Initial));
        if (record is not null)
        {
            table = Apply(parsed, table);
            AssessmentRecord.Write(record, table.Document);
            CommandLine.Complain(
                $"recorded in {record}", "its lines of configuration are for a file in /etc/lrng/lrng.conf.d; nothing was changed");
        }

        if (html is not null)
        {
            HtmlFile.Write(html, AssessmentHtml.Of(table));
        }

        string text = parsed.GetValue(AssessOptions.Json)
            ? JsonSerializer.Serialize(table.Document, AssessmentJson.Default.AssessmentDocument) + "\n"
            : AssessmentText.Of(table);
        StandardOutput.Write(Encoding.UTF8.GetBytes(text));
        return table.Document.Restart is not { Passed: false }
            ? ExitCodes.Success
            : throw new CommandException($"{file}: the restart tests failed", "no entropy may be credited: restarts are too much alike");
    }

    private static string? RecordOf(ParseResult parsed) => parsed.GetValue(AssessOptions.Apply)
        ? AssessmentRecord.PathOf(
            Path.GetFullPath(parsed.GetRequiredValue(AssessOptions.State)),
            AssessedSource.Parse(parsed.GetRequiredValue(AssessOptions.Source)!),
            parsed.GetResult(AssessOptions.Restart) is not null)
        : null;

    private static AssessmentTable Apply(ParseResult parsed, AssessmentTable table) => CreditProposal.Apply(
        table,
        AssessedSource.Parse(parsed.GetRequiredValue(AssessOptions.Source)!),
        AssessedPlatform.Read(),
        TimeProvider.System.GetUtcNow());

    private static RestartShape Shape(ParseResult parsed) =>
        RestartShape.TryParse(parsed.GetValue(AssessOptions.Restart) ?? "", out RestartShape shape) ? shape : RestartShape.Standard;

    private static SampleSet Load(ParseResult parsed, string file)
    {
        SampleFormat format = Enum.Parse<SampleFormat>(parsed.GetRequiredValue(AssessOptions.Format), ignoreCase: true);
        string? maskText = parsed.GetValue(AssessOptions.Mask);
        SampleMask mask = maskText is not null && SampleMask.TryParse(maskText, out SampleMask given) ? given : SampleMask.LowByte;
        byte[] samples = SampleReader.Read(file, format, mask);
        int used = SampleSet.WidthOf(samples);

        // Bytes are taken to be as wide as what they use, as NIST's tool does; numbers are as wide as their mask.
        int inferred = format == SampleFormat.U8 && maskText is null ? used : mask.Width;
        int bits = parsed.GetValue(AssessOptions.Bits) ?? inferred;
        return bits >= used
            ? SampleSet.Of(samples, bits)
            : throw new CommandException(
                $"{file}: samples use {used} bits, more than the {bits} that were named",
                $"--bits {used}, or --mask to take some bits only",
                ExitCodes.Usage);
    }

    private static AssessmentTable Assess(SampleSet samples, string file)
    {
        CheckAlphabet(samples, file);
        CheckLength(samples, file);
        List<string> warnings = Warnings(samples, file);
        using var progress = new ProgressLine();
        return AssessmentReport.Of(AssessmentResult.Of(samples, progress.Show), file, warnings);
    }

    private static AssessmentTable TestRestarts(SampleSet samples, string file, RestartShape shape, double? initial)
    {
        if (shape.Samples != samples.Samples.Length)
        {
            throw new CommandException(
                $"{file} has {samples.Samples.Length} samples, not the {shape.Samples} of {shape}",
                "write a row for each restart: --restart ROWSxCOLUMNS",
                ExitCodes.Usage);
        }

        if (initial > samples.BitsPerSymbol)
        {
            throw new CommandException(
                $"--initial {initial} is more than the {samples.BitsPerSymbol} bits of a sample",
                "it is the assessed min-entropy of a sample",
                ExitCodes.Usage);
        }

        CheckAlphabet(samples, file);
        CheckLength(samples, file);
        List<string> warnings =
            shape == RestartShape.Standard ? [] : [$"{file}: SP 800-90B 3.1.4.1 asks for {RestartShape.Standard}, this is {shape}"];
        warnings.ForEach(warning => CommandLine.Complain(warning, "the tests are the same, but find less"));
        using var progress = new ProgressLine();
        return RestartReport.Of(RestartTest.Of(samples, shape, initial, progress.Show), file, warnings);
    }

    private static void CheckAlphabet(SampleSet samples, string file)
    {
        if (samples.Literal.AlphabetSize < 2)
        {
            throw new CommandException(
                $"{file}: all {samples.Samples.Length} samples are {samples.Samples.Span[0]}: no entropy, H = 0",
                "is the noise source running?");
        }
    }

    private static void CheckLength(SampleSet samples, string file)
    {
        int length = samples.Literal.Length;
        Estimator longest =
            Estimator.All.Where(estimator => estimator.AppliesTo(samples.Literal)).MaxBy(estimator => estimator.LeastSymbols)!;
        if (length < longest.LeastSymbols)
        {
            throw new CommandException(
                $"{file} has {length} samples, and the {longest.Name} estimate needs {longest.LeastSymbols}",
                $"SP 800-90B 3.1.1 asks for {AssessmentReport.RecommendedSamples}");
        }
    }

    private static List<string> Warnings(SampleSet samples, string file)
    {
        if (samples.Literal.Length >= AssessmentReport.RecommendedSamples)
        {
            return [];
        }

        string warning = $"{file} has {samples.Literal.Length} samples, SP 800-90B 3.1.1 asks for {AssessmentReport.RecommendedSamples}";
        CommandLine.Complain(warning, "the estimates are lower for it, and less sure");
        return [warning];
    }
}
