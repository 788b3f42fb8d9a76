// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Text.Json;
using LrngCuse.Control;

namespace LrngCuse.Commands;

/// <summary>lrng status: what the daemon does and where its randomness comes from.</summary>
internal static class StatusCommand
{
    internal static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "print one JSON document" };
        Option<string> socket = SocketOption.Create();
        var command = new Command("status", "Show seed level, DRNG, sources and devices.") { json, socket };
        command.SetAction(async (parsed, cancellation) =>
        {
            using ControlClient client = ControlClient.Connect(SocketOption.PathFor(parsed, socket));
            var request = new ControlRequest { Schema = ControlFrame.Schema, Command = "status" };
            ControlReply reply = await client.AskAsync(request, cancellation);
            StatusDocument status = reply.Status
                ?? throw new CommandException("the daemon's reply has no status", "is it of the same version?");
            string text = parsed.GetValue(json)
                ? JsonSerializer.Serialize(status, StatusJson.Default.StatusDocument) + "\n"
                : StatusText.Of(status);
            StandardOutput.Write(System.Text.Encoding.UTF8.GetBytes(text));
            return ExitCodes.Success;
        });
        return command;
    }
}
