// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Runtime.InteropServices;
using LrngCuse.Interop;
using LrngEngine.Memory;
using LrngEngine.Sources;
using LrngEngine.Sources.Jitter;

namespace LrngCuse.Commands;

/// <summary>lrng raw: raw noise for an assessment after SP 800-90B 3.1.1, from a collector that seeds nothing.</summary>
internal static class RawCommand
{
    // Recorded and written in pieces; the deltas of two pieces are consecutive but for the time of the write.
    private const int PieceSamples = 4096;

    internal static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "jitter" };
        _ = source.AcceptOnlyFromAmong("jitter");
        var samples = new Option<int>("--samples") { Description = "number of deltas", DefaultValueFactory = _ => 1_000_000, HelpName = "N" };
        samples.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, out int number) || number < 1))
            {
                result.AddError($"'{text}' is not a number of samples from 1 on");
            }
        });
        var command = new Command("raw", "Write raw noise as 64-bit little-endian numbers: for jitter, time deltas in ticks of the cycle counter.")
        {
            source, samples,
        };
        command.SetAction(parsed =>
        {
            if (!SourceFeatures.Jitter)
            {
                throw new CommandException("this build has no jitter source", "build it without -p:LrngJitterSource=false");
            }

            if (StandardOutput.IsTerminal)
            {
                throw new CommandException("raw noise is binary, and stdout is a terminal", "redirect it: lrng raw jitter > deltas.bin", ExitCodes.Usage);
            }

            Record(parsed.GetValue(samples));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Record(int samples)
    {
        Shim.CheckAbi();
        using var arena = new SecretArena();
        using var collector = new JitterCollector(new ShimCycleCounter(), arena);
        ulong[] deltas = new ulong[Math.Min(samples, PieceSamples)];
        for (int left = samples; left > 0; left -= deltas.Length)
        {
            Span<ulong> piece = deltas.AsSpan(0, Math.Min(left, deltas.Length));
            collector.RecordDeltas(piece);
            StandardOutput.Write(MemoryMarshal.AsBytes(piece));
        }
    }
}
