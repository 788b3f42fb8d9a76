// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.CommandLine.Completions;
using LrngCuse.Control;

namespace LrngCuse.Commands;

/// <summary>lrng set: changes a setting of the running daemon.</summary>
internal static class SetCommand
{
    internal static Command Create()
    {
        var key = new Argument<string>("KEY") { Description = "jitter.credit, cpu.credit, kernel.credit, drng, hash, write_wakeup_threshold or urandom_min_reseed_secs" };
        var value = new Argument<string>("VALUE") { Description = "a credit: bits of entropy for every 256 data bits, 0..256; drng and hash: a name, as in drng.mechanism and seeding.hash; the last two: bits below which feeders are asked for entropy, seconds" };
        key.CompletionSources.Add([.. RuntimeSettings.Names]);
        value.CompletionSources.Add(context => RuntimeSettings.ValuesOf(context.ParseResult.GetValue(key)).Select(name => new CompletionItem(name)));
        Option<string> socket = SocketOption.Create();
        var command = new Command("set", "Change a setting of the running daemon; takes CAP_SYS_ADMIN.") { key, value, socket };
        command.SetAction(async (parsed, cancellation) =>
        {
            using ControlClient client = ControlClient.Connect(SocketOption.PathFor(parsed, socket));
            var request = new ControlRequest
            {
                Schema = ControlFrame.Schema,
                Command = "set",
                Key = parsed.GetValue(key),
                Value = parsed.GetValue(value),
            };
            _ = await client.AskAsync(request, cancellation);
            return ExitCodes.Success;
        });
        return command;
    }
}
