// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Text;
using LrngCuse.Control;
using LrngCuse.Recording;

namespace LrngCuse.Commands;

/// <summary>lrng metrics: the daemon's counters for a monitoring system.</summary>
internal static class MetricsCommand
{
    // node_exporter runs as a user of its own.
    private const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    internal static Command Create()
    {
        var file = new Option<string>("--textfile")
        {
            Description = "write a file for node_exporter's textfile collector, completely or not at all; without a daemon it says lrng_up 0",
            HelpName = "PATH",
        };
        Option<string> socket = SocketOption.Create();
        var command = new Command("metrics", "Print the daemon's metrics as OpenMetrics text.") { file, socket };
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = SocketOption.PathFor(parsed, socket);
            if (parsed.GetValue(file) is not { } target)
            {
                StandardOutput.Write(Encode(await AskAsync(path, cancellation), openMetrics: true));
                return ExitCodes.Success;
            }

            StatusDocument? status = null;
            try
            {
                status = await AskAsync(path, cancellation);
            }
            finally
            {
                // Also that nobody answers must show, before it is an error here: a file of yesterday would say that all is well.
                WriteFile(target, Encode(status, openMetrics: false));
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<StatusDocument> AskAsync(string socket, CancellationToken cancellation)
    {
        using ControlClient client = ControlClient.Connect(socket);
        var request = new ControlRequest { Schema = ControlFrame.Schema, Command = "status" };
        return (await client.AskAsync(request, cancellation)).Status
            ?? throw new CommandException("the daemon's reply has no status", "is it of the same version?");
    }

    private static byte[] Encode(StatusDocument? status, bool openMetrics) => Encoding.UTF8.GetBytes(MetricsText.Of(status, openMetrics));

    private static void WriteFile(string path, byte[] text)
    {
        using RawFile file = RawFile.Create(path);
        file.SetMode(ReadableByAll);
        file.Write(text);
        file.Complete();
    }
}
