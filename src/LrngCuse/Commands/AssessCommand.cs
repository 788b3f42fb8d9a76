// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LrngCuse.Assessment;

namespace LrngCuse.Commands;

/// <summary>lrng assess: how much min-entropy recorded noise has, by the estimators of SP 800-90B 6.3, and the restart tests of 3.1.4.</summary>
internal static class AssessCommand
{
    // SP 800-90B 3.1.1.
    private const int RecommendedSamples = 1_000_000;

    private static readonly Argument<string> s_file = new("FILE") { Description = "samples, one byte each unless --format says otherwise" };
    private static readonly Option<int?> s_bits = new("--bits") { Description = "width of a sample (default: what the samples use)", HelpName = "1..8" };

    private static readonly Option<string> s_format = new("--format")
    {
        Description = "u8, u32, u64 (as lrng raw writes) or text",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => "u8",
    };

    private static readonly Option<string?> s_mask = new("--mask")
    {
        Description = "the bits of a number that make a sample, and its width (default 0xFF:8)",
        HelpName = "HEX[:WIDTH]",
    };

    private static readonly Option<string?> s_restart = new("--restart")
    {
        Description = "restart tests; a row for each restart (default 1000x1000)",
        HelpName = "ROWSxCOLUMNS",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<double?> s_initial = new("--initial")
    {
        Description = "with --restart: H_I, the assessed min-entropy of consecutive samples (default: that of the rows)",
        HelpName = "BITS",
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "print one JSON document" };
    private static readonly Option<string?> s_html = new("--html") { Description = "write a report with pictures too", HelpName = "OUT" };

    internal static Command Create()
    {
        var command = new Command("assess", "Estimate the min-entropy of recorded noise by SP 800-90B, without the claim that samples are independent.")
        {
            s_file, s_bits, s_format, s_mask, s_restart, s_initial, s_json, s_html,
        };
        _ = s_format.AcceptOnlyFromAmong("u8", "u32", "u64", "text");
        command.Validators.Add(result =>
        {
            if (Mistake(result) is { } mistake)
            {
                result.AddError(mistake);
            }
        });
        command.SetAction(Run);
        return command;
    }

    // Read from the tokens: a value that cannot be converted has a message of the library's own already.
    private static string? Mistake(System.CommandLine.Parsing.CommandResult result)
    {
        if (Token(result, s_bits) is { } bits && (!int.TryParse(bits, CultureInfo.InvariantCulture, out int width) || width is < 1 or > SampleMask.MaximumWidth))
        {
            return $"'{bits}' is not a width from 1 to {SampleMask.MaximumWidth} bits";
        }

        if (Token(result, s_mask) is { } mask && !SampleMask.TryParse(mask, out _))
        {
            return $"'{mask}' is not a mask of 1 to 8 bits in hexadecimal, with or without a width after a colon";
        }

        if (Token(result, s_restart) is { } restart && !RestartShape.TryParse(restart, out _))
        {
            return $"'{restart}' is not ROWSxCOLUMNS, each from 2 to 4096";
        }

        string? initial = Token(result, s_initial);
        if (initial is not null && result.GetResult(s_restart) is null)
        {
            return "--initial is for --restart";
        }

        return initial is not null && !(double.TryParse(initial, CultureInfo.InvariantCulture, out double entropy) && entropy is >= 0 and <= 8)
            ? $"'{initial}' is not a min-entropy from 0 to 8 bits"
            : null;
    }

    private static string? Token(System.CommandLine.Parsing.CommandResult result, Option option) =>
        result.GetResult(option) is { Tokens: [{ Value: var text }] } ? text : null;

    private static int Run(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(s_file);
        string? html = parsed.GetValue(s_html);
        HtmlFile.Check(html);
        SampleSet samples = Load(parsed, file);
        AssessmentTable table = parsed.GetResult(s_restart) is null
            ? Assess(samples, file)
            : TestRestarts(samples, file, Shape(parsed), parsed.GetValue(s_initial));
        if (html is not null)
        {
            HtmlFile.Write(html, AssessmentHtml.Of(table));
        }

        string text = parsed.GetValue(s_json)
            ? JsonSerializer.Serialize(table.Document, AssessmentJson.Default.AssessmentDocument) + "\n"
            : AssessmentText.Of(table);
        StandardOutput.Write(Encoding.UTF8.GetBytes(text));
        return table.Document.Restart is not { Passed: false }
            ? ExitCodes.Success
            : throw new CommandException($"{file}: the restart tests failed", "no entropy may be credited: samples after a restart are too much alike");
    }

    private static RestartShape Shape(ParseResult parsed) =>
        parsed.GetValue(s_restart) is { } text && RestartShape.TryParse(text, out RestartShape shape) ? shape : RestartShape.Standard;

    private static SampleSet Load(ParseResult parsed, string file)
    {
        SampleFormat format = Enum.Parse<SampleFormat>(parsed.GetRequiredValue(s_format), ignoreCase: true);
        string? maskText = parsed.GetValue(s_mask);
        SampleMask mask = maskText is not null && SampleMask.TryParse(maskText, out SampleMask given) ? given : SampleMask.LowByte;
        byte[] samples = SampleReader.Read(file, format, mask);
        int used = SampleSet.WidthOf(samples);

        // Bytes are taken to be as wide as what they use, as NIST's tool does; numbers are as wide as their mask.
        int inferred = format == SampleFormat.U8 && maskText is null ? used : mask.Width;
        int bits = parsed.GetValue(s_bits) ?? inferred;
        return bits >= used
            ? SampleSet.Of(samples, bits)
            : throw new CommandException(
                $"{file}: samples use {used} bits, more than the {bits} that were named", $"--bits {used}, or --mask to take some bits only", ExitCodes.Usage);
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
                string.Create(CultureInfo.InvariantCulture, $"--initial {initial} is more than the {samples.BitsPerSymbol} bits of a sample"),
                "it is the assessed min-entropy of a sample",
                ExitCodes.Usage);
        }

        CheckAlphabet(samples, file);
        CheckLength(samples, file);
        List<string> warnings = shape == RestartShape.Standard ? [] : [$"{file}: SP 800-90B 3.1.4.1 asks for {RestartShape.Standard}, this is {shape}"];
        warnings.ForEach(warning => CommandLine.Complain(warning, "the tests are the same, but find less"));
        using var progress = new ProgressLine();
        return RestartReport.Of(RestartTest.Of(samples, shape, initial, progress.Show), file, warnings);
    }

    private static void CheckAlphabet(SampleSet samples, string file)
    {
        if (samples.Literal.AlphabetSize < 2)
        {
            throw new CommandException(
                $"{file}: all {samples.Samples.Length} samples are {samples.Samples.Span[0]}: no entropy, H = 0", "is the noise source running?");
        }
    }

    private static void CheckLength(SampleSet samples, string file)
    {
        int length = samples.Literal.Length;
        Estimator longest = Estimator.All.Where(estimator => estimator.AppliesTo(samples.Literal)).MaxBy(estimator => estimator.LeastSymbols)!;
        if (length < longest.LeastSymbols)
        {
            throw new CommandException(
                $"{file} has {length} samples, and the {longest.Name} estimate needs {longest.LeastSymbols}",
                $"SP 800-90B 3.1.1 asks for {RecommendedSamples}");
        }
    }

    private static List<string> Warnings(SampleSet samples, string file)
    {
        if (samples.Literal.Length >= RecommendedSamples)
        {
            return [];
        }

        string warning = $"{file} has {samples.Literal.Length} samples, SP 800-90B 3.1.1 asks for {RecommendedSamples}";
        CommandLine.Complain(warning, "the estimates are lower for it, and less sure");
        return [warning];
    }
}
