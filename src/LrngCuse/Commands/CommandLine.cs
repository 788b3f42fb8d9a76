// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;

namespace LrngCuse.Commands;

/// <summary>The command line: parses, runs one verb, and turns every failure into one line and a hint.</summary>
internal static class CommandLine
{
    /// <summary>Every verb with its flags.</summary>
    internal static RootCommand CreateRoot() =>
        new("lrng: random numbers from this machine's own noise, with proof of where they come from")
        {
            ServeCommand.Create(),
            GetCommand.Create(),
            StatusCommand.Create(),
            MetricsCommand.Create(),
            SetCommand.Create(),
            ReseedCommand.Create(),
            SelfTestCommand.Create(),
            SeedKernelCommand.Create(),
            ConfigCommand.Create(),
            WaitCommand.Create(),
            IsSeededCommand.Create(),
            DoctorCommand.Create(),
            RawCommand.Create(),
            AssessCommand.Create(),
            AcvpCommand.Create(),
            CdiCommand.Create(),
            ProbeCommand.Create(),
            RemoveAtEndCommand.Create(),
        };

    internal static async Task<int> RunAsync(string[] args)
    {
        // Otherwise "@file" would be read as a list of arguments.
        ParseResult parsed = CreateRoot().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            Complain(Describe(parsed.Errors[0]), $"lrng {VerbOf(parsed)}--help lists what is accepted");
            return ExitCodes.Usage;
        }

        try
        {
            // The library would end the process two seconds after SIGTERM, in the middle of an orderly stop.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                ProcessTerminationTimeout = null,
                EnableDefaultExceptionHandler = false,
            });
        }
        catch (CommandException error)
        {
            foreach (CommandException mistake in error.Mistakes)
            {
                Complain(mistake.Message, mistake.Hint);
            }

            return error.ExitCode;
        }
    }

    /// <summary>Words go to stderr, so that stdout carries data only.</summary>
    internal static void Complain(string message, string hint)
    {
        Remark(message);
        Console.Error.WriteLine($"hint: {OneLine(hint)}");
    }

    /// <summary>The same where there is nothing to advise.</summary>
    internal static void Remark(string message) => Console.Error.WriteLine($"lrng: {OneLine(message)}");

    // Messages carry what the user typed and what libraries say: neither may break the line or steer the terminal.
    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (string word in text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            _ = line.Append(line.Length == 0 ? "" : " ");
            foreach (char c in word)
            {
                _ = char.IsControl(c) ? line.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}") : line.Append(c);
            }
        }

        return line.ToString();
    }

    private static string VerbOf(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";

    private static string Describe(ParseError error)
    {
        string text = error.Message.TrimEnd('.');
        return text.Length == 0 ? "the command line is not understood" : char.ToLowerInvariant(text[0]) + text[1..];
    }
}
