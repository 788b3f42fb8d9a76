// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using LrngCuse.Control;

namespace LrngCuse.Commands;

/// <summary>lrng reseed: has every DRNG reseeded now, and says whether they were.</summary>
internal static class ReseedCommand
{
    internal static Command Create()
    {
        Option<string> socket = SocketOption.Create();
        var command = new Command("reseed", "Reseed every DRNG now; ends with 4 if the sources could not give a full seed. Takes CAP_SYS_ADMIN.") { socket };
        command.SetAction(async (parsed, cancellation) =>
        {
            using ControlClient client = ControlClient.Connect(SocketOption.PathFor(parsed, socket));
            _ = await client.AskAsync(new ControlRequest { Schema = ControlFrame.Schema, Command = "reseed" }, cancellation);
            return ExitCodes.Success;
        });
        return command;
    }
}
