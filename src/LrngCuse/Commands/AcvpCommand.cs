// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Diagnostics;
using LrngCuse.Acvp;
using LrngCuse.Recording;

namespace LrngCuse.Commands;

/// <summary>lrng acvp: answers a vector set of NIST's ACVP with the engine's own cryptography.</summary>
internal static class AcvpCommand
{
    // A faster display would cost more than the tests.
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromMilliseconds(250);

    internal static Command Create()
    {
        var prompt = new Argument<string>("PROMPT")
        {
            Description = $"a vector set as the ACVP server sends it; algorithms: {string.Join(", ", VectorAlgorithm.All.Select(known => known.Name))}",
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "a file that is there completely or not at all (default: stdout)",
            HelpName = "FILE",
        };
        var command = new Command("acvp", "Answer a vector set of NIST's ACVP. Ends with 1 if a group of it is not offered.") { prompt, output };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(prompt), parsed.GetValue(output)));
        return command;
    }

    private static int Run(string prompt, string? output)
    {
        VectorSet set = PromptFile.Read(prompt);
        using var interruption = new Interruption();
        using RawFile? file = output is null ? null : RawFile.Create(output);
        ReadOnlyMemory<byte> response = Answer(set, interruption);
        if (file is null)
        {
            StandardOutput.Write(response.Span);
        }
        else
        {
            file.Write(response.Span);
            file.Complete();
        }

        return Report(set);
    }

    private static ReadOnlyMemory<byte> Answer(VectorSet set, Interruption interruption)
    {
        using var progress = new ProgressLine();
        long shown = Stopwatch.GetTimestamp();
        try
        {
            return VectorResponse.Of(
                set,
                (done, total, group) =>
                {
                    if (Stopwatch.GetElapsedTime(shown) >= s_progressInterval)
                    {
                        shown = Stopwatch.GetTimestamp();
                        progress.Show($"{done} of {total} tests, group {group.Id}");
                    }
                },
                () => interruption.IsRequested);
        }
        catch (OperationCanceledException)
        {
            throw new CommandException("interrupted: no response is written", "a set of large data tests takes minutes");
        }
    }

    // One line a group that is left out.
    private static int Report(VectorSet set)
    {
        VectorGroup[] refused = [.. set.Groups.Where(group => group.Refusal is not null)];
        foreach (VectorGroup group in refused)
        {
            CommandLine.Remark($"group {group.Id}: {group.Refusal}");
        }

        return refused.Length == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }
}
