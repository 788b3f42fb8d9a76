// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.CommandLine.Parsing;
using LrngCuse.Assessment;
using LrngCuse.Recording;

namespace LrngCuse.Commands;

/// <summary>What lrng raw takes, and what of it is refused before anything is recorded.</summary>
internal static class RawOptions
{
    private const int DefaultSamples = 1_000_000;

    // Those of SP 800-90B 3.1.4.1.
    private static readonly RestartShape s_matrix = RestartShape.Standard;

    internal static Argument<string> Source { get; } = new Argument<string>("SOURCE")
    {
        Description = string.Join(", ", RawSources.Names),
    }.AcceptOnlyFromAmong(RawSources.Names);

    internal static Option<int?> Samples { get; } = new("--samples")
    {
        Description = $"values, or values after each restart (default {DefaultSamples} and {s_matrix.Columns})",
        HelpName = "N",
    };

    internal static Option<string> Format { get; } = new Option<string>("--format")
    {
        Description = "u8 (default for irq, sched, jitter: the low 8 bits), u32 (default otherwise), u64 or text",
        HelpName = "FORMAT",
    }.AcceptOnlyFromAmong("u8", "u32", "u64", "text");

    internal static Option<string?> Output { get; } = new("--output", "-o")
    {
        Description = "a file that is there completely or not at all (default: stdout)",
        HelpName = "FILE",
    };

    internal static Option<bool> Deltas { get; } = new("--deltas")
    {
        Description = "of irq or sched the differences of consecutive values modulo 256",
    };

    internal static Option<bool> Matrix { get; } = new("--restart-matrix")
    {
        Description = "of irq, sched or jitter the first values after each of many starts, a row for each (SP 800-90B 3.1.4)",
    };

    internal static Option<int?> Restarts { get; } = new("--restarts")
    {
        Description = $"with --restart-matrix: how many (default {s_matrix.Rows})",
        HelpName = "N",
    };

    internal static Option<string> Socket { get; } = SocketOption.Create();

    internal static int SamplesOf(ParseResult parsed) => parsed.GetValue(Samples) ?? DefaultSamples;

    internal static RestartShape? ShapeOf(ParseResult parsed) => parsed.GetValue(Matrix)
        ? new RestartShape(parsed.GetValue(Restarts) ?? s_matrix.Rows, parsed.GetValue(Samples) ?? s_matrix.Columns)
        : null;

    internal static RawFormat FormatOf(ParseResult parsed) => parsed.GetValue(Format) is { } format
        ? Enum.Parse<RawFormat>(format, ignoreCase: true)
        : RawSources.DefaultFormat(RawSources.Parse(parsed.GetRequiredValue(Source)));

    // Read from the tokens: a value that cannot be converted has a message of the library's own already.
    internal static string? Mistake(CommandResult result)
    {
        bool matrix = result.GetResult(Matrix) is not null;
        (int least, int most) = matrix ? (2, RestartShape.Maximum) : (1, SampleReader.MaximumSamples);
        if (Token(result, Samples) is { } samples && !IsWithin(samples, least, most))
        {
            return $"'{samples}' is not a number of samples from {least} to {most}";
        }

        if (Token(result, Restarts) is { } restarts)
        {
            if (!matrix)
            {
                return "--restarts is for --restart-matrix";
            }

            if (!IsWithin(restarts, 2, RestartShape.Maximum))
            {
                return $"'{restarts}' is not a number of restarts from 2 to {RestartShape.Maximum}";
            }
        }

        string? source = result.GetResult(Source) is { Tokens: [{ Value: var name }] } ? name : null;
        if (matrix && source is not (null or "irq" or "sched" or "jitter"))
        {
            return $"--restart-matrix is for irq, sched and jitter, not for {source}";
        }

        return result.GetResult(Deltas) is not null && source is not (null or "irq" or "sched")
            ? $"--deltas is for irq and sched, not for {source}"
            : null;
    }

    private static bool IsWithin(string text, int least, int most) => int.TryParse(text, out int number) && number >= least && number <= most;

    private static string? Token(CommandResult result, Option option) =>
        result.GetResult(option) is { Tokens: [{ Value: var text }] } ? text : null;
}
