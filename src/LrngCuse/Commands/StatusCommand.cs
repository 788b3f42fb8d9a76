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
        var lrngType = new Option<bool>("--lrng-type") { Description = "print the text of LRNG's /proc/lrng_type" };
        var watch = new Option<bool>("--watch") { Description = "go on until interrupted: a live view on a terminal, otherwise a line for each change" };
        Option<string> socket = SocketOption.Create();
        var command = new Command("status", "Show seed level, DRNG, sources and devices.") { json, lrngType, watch, socket };
        command.Validators.Add(result =>
        {
            if (new[] { json, lrngType, watch }.Count(result.GetValue) > 1)
            {
                result.AddError("--json, --lrng-type and --watch exclude each other");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            using ControlClient client = ControlClient.Connect(SocketOption.PathFor(parsed, socket));
            if (parsed.GetValue(watch))
            {
                await StatusWatch.RunAsync(client, cancellation);
                return ExitCodes.Success;
            }

            bool type = parsed.GetValue(lrngType);
            var request = new ControlRequest { Schema = ControlFrame.Schema, Command = type ? "lrng_type" : "status" };
            ControlReply reply = await client.AskAsync(request, cancellation);
            string text = (type ? reply.Text : TextOf(reply.Status, parsed.GetValue(json)))
                ?? throw new CommandException("the daemon's reply has no status", "is it of the same version?");
            StandardOutput.Write(System.Text.Encoding.UTF8.GetBytes(text));
            return ExitCodes.Success;
        });
        return command;
    }

    private static string? TextOf(StatusDocument? status, bool json)
    {
        if (status is null || !json)
        {
            return status is null ? null : StatusText.Of(status);
        }

        return JsonSerializer.Serialize(status, StatusJson.Default.StatusDocument) + "\n";
    }
}
