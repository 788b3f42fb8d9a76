// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LrngCuse.Assessment;

namespace LrngCuse.Commands;

/// <summary>What lrng assess takes, and what of it is refused before a file is read.</summary>
internal static class AssessOptions
{
    internal static Argument<string> File { get; } = new("FILE") { Description = "samples, one byte each unless --format says otherwise" };

    internal static Option<int?> Bits { get; } = new("--bits")
    {
        Description = "width of a sample (default: what the samples use)",
        HelpName = "1..8",
    };

    internal static Option<string> Format { get; } = new Option<string>("--format")
    {
        Description = "u8, u32, u64 or text",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => "u8",
    }.AcceptOnlyFromAmong("u8", "u32", "u64", "text");

    internal static Option<string?> Mask { get; } = new("--mask")
    {
        Description = "the bits of a number that make a sample, and its width (default 0xFF:8)",
        HelpName = "HEX[:WIDTH]",
    };

    internal static Option<string?> Restart { get; } = new("--restart")
    {
        Description = "restart tests; a row for each restart (default 1000x1000)",
        HelpName = "ROWSxCOLUMNS",
        Arity = ArgumentArity.ZeroOrOne,
    };

    internal static Option<double?> Initial { get; } = new("--initial")
    {
        Description = "with --restart: H_I, the assessed min-entropy of consecutive samples (default: that of the rows)",
        HelpName = "BITS",
    };

    internal static Option<bool> Json { get; } = new("--json") { Description = "print one JSON document" };

    internal static Option<string?> Html { get; } = new("--html") { Description = "write a report with pictures too", HelpName = "OUT" };

    internal static Option<bool> Apply { get; } = new("--apply")
    {
        Description = "record the assessment for this machine, and print the setting that follows; the configuration is not changed",
    };

    internal static Option<string?> Source { get; } = new Option<string?>("--source")
    {
        Description = "with --apply: whose noise it is, irq, sched or jitter",
        HelpName = "SOURCE",
    }.AcceptOnlyFromAmong([.. AssessedSource.All.Select(source => source.Name)]);

    internal static Option<string> State { get; } = new("--state")
    {
        Description = "with --apply: where SOURCE.json, or SOURCE-restart.json, is written",
        HelpName = "DIR",
        DefaultValueFactory = _ => AssessmentRecord.DefaultDirectory,
    };

    // Read from the tokens: a value that cannot be converted has a message of the library's own already.
    internal static string? Mistake(CommandResult result)
    {
        if (Token(result, Bits) is { } bits && !(int.TryParse(bits, out int width) && width is >= 1 and <= SampleMask.MaximumWidth))
        {
            return $"'{bits}' is not a width from 1 to {SampleMask.MaximumWidth} bits";
        }

        if (Token(result, Mask) is { } mask && !SampleMask.TryParse(mask, out _))
        {
            return $"'{mask}' is not a mask of 1 to 8 bits in hexadecimal, with or without a width after a colon";
        }

        if (Token(result, Restart) is { } restart && !RestartShape.TryParse(restart, out _))
        {
            return $"'{restart}' is not ROWSxCOLUMNS, each from 2 to 4096";
        }

        if (MistakeOfApply(result) is { } mistake)
        {
            return mistake;
        }

        string? initial = Token(result, Initial);
        if (initial is not null && result.GetResult(Restart) is null)
        {
            return "--initial is for --restart";
        }

        bool isEntropy = double.TryParse(initial, CultureInfo.InvariantCulture, out double entropy) && entropy is >= 0 and <= 8;
        return initial is null || isEntropy ? null : $"'{initial}' is not a min-entropy from 0 to 8 bits";
    }

    private static string? MistakeOfApply(CommandResult result)
    {
        if (result.GetResult(Apply) is not null)
        {
            return result.GetResult(Source) is null ? "--apply needs --source irq, sched or jitter"
                : Token(result, State) is "" ? "'' is not a directory"
                : null;
        }

        return result.GetResult(Source) is not null ? "--source is for --apply"
            : result.GetResult(State) is { Implicit: false } ? "--state is for --apply"
            : null;
    }

    private static string? Token(CommandResult result, Option option) =>
        result.GetResult(option) is { Tokens: [{ Value: var text }] } ? text : null;
}
