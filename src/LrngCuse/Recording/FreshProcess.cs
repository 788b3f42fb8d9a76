// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LrngCuse.Recording;

/// <summary>A start of the collector in a process of its own, as SP 800-90B 3.1.4.1 asks for.</summary>
internal static class FreshProcess
{
    /// <summary>Records the first samples after a start.</summary>
    /// <exception cref="CommandException">The process failed.</exception>
    internal static ulong[] Record(RawSource source, int samples, string socket, Interruption interruption)
    {
        using Process process = Start(source, samples, socket);
        using CancellationTokenRegistration kill = interruption.Register(process.Kill);
        Task<string> words = process.StandardError.ReadToEndAsync();
        byte[] bytes = new byte[samples * sizeof(ulong)];
        int length = process.StandardOutput.BaseStream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        process.WaitForExit();
        return process.ExitCode == ExitCodes.Success && length == bytes.Length
            ? MemoryMarshal.Cast<byte, ulong>(bytes).ToArray()
            : throw new CommandException(FirstLine(words.Result, process.ExitCode), "");
    }

    private static Process Start(RawSource source, int samples, string socket)
    {
        string[] arguments =
        [
            "raw", RawSources.NameOf(source), "--samples", samples.ToString(CultureInfo.InvariantCulture), "--format", "u64", "--socket", socket,
        ];
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new CommandException(error.Message, "");
        }
    }

    private static string FirstLine(string words, int status)
    {
        const string Prefix = "lrng: ";
        string line = words.Split('\n')[0];
        return line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..] : $"it ended with status {status}";
    }
}
