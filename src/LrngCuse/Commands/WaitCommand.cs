// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Globalization;
using LrngCuse.Control;

namespace LrngCuse.Commands;

/// <summary>lrng wait: until blocking readers are served. The daemon answers when that is so; nothing is polled.</summary>
internal static class WaitCommand
{
    // What a timer of the platform can wait for, with room.
    private const int LongestSeconds = 1_000_000;

    internal static Command Create()
    {
        var timeout = new Option<int?>("--timeout") { Description = $"give up after that many seconds and end with 4: 1..{LongestSeconds} (default: never)", HelpName = "SECONDS" };
        timeout.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }]
                && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is >= 1 and <= LongestSeconds))
            {
                result.AddError($"'{text}' is no number of seconds, 1..{LongestSeconds}");
            }
        });
        Option<string> socket = SocketOption.Create();
        var command = new Command("wait", "Wait until the generator is fully seeded: 0 then, 3 without a daemon.") { timeout, socket };
        command.SetAction(async (parsed, cancellation) =>
        {
            using ControlClient client = ControlClient.Connect(SocketOption.PathFor(parsed, socket));
            int? seconds = parsed.GetValue(timeout);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (seconds is { } given)
            {
                limit.CancelAfter(TimeSpan.FromSeconds(given));
            }

            try
            {
                _ = await client.AskAsync(new ControlRequest { Schema = ControlFrame.Schema, Command = "wait" }, limit.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new CommandException($"not seeded within {seconds} s", "lrng doctor says what is missing", ExitCodes.NotSeeded);
            }

            return ExitCodes.Success;
        });
        return command;
    }
}
