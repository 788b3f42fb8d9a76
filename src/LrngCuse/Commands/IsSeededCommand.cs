// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using LrngCuse.Control;

namespace LrngCuse.Commands;

/// <summary>lrng is-seeded: an exit status for scripts, and no word.</summary>
internal static class IsSeededCommand
{
    internal static Command Create()
    {
        Option<string> socket = SocketOption.Create();
        var command = new Command("is-seeded", "Say by the exit status whether blocking readers are served: 0, or 4; 5 in the error state, 3 without a daemon.") { socket };
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                using ControlClient client = ControlClient.Connect(SocketOption.PathFor(parsed, socket));
                ControlReply reply = await client.AskAsync(
                    new ControlRequest { Schema = ControlFrame.Schema, Command = "status" }, cancellation);
                return reply.Status switch
                {
                    { ErrorState: not null } => ExitCodes.SelfTestFailed,
                    { Operational: true } => ExitCodes.Success,
                    _ => ExitCodes.NotSeeded,
                };
            }
            catch (CommandException error)
            {
                // The status says it all.
                return error.ExitCode;
            }
        });
        return command;
    }
}
