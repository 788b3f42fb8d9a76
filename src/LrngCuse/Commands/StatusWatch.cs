// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Text;
using LrngCuse.Control;

namespace LrngCuse.Commands;

/// <summary>lrng status --watch: asks once a second until it is interrupted or the daemon ends.</summary>
internal static class StatusWatch
{
    // The screen of its own that full-screen programs use, so that the terminal is afterwards as it was; no cursor on it.
    private const string Enter = "\u001b[?1049h\u001b[?25l";
    private const string Leave = "\u001b[?25h\u001b[?1049l";

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <exception cref="CommandException">The daemon went away, or nobody reads the output any more.</exception>
    internal static async Task RunAsync(ControlClient client, CancellationToken cancellation)
    {
        bool live = StandardOutput.IsTerminal && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb";
        var colours = new Colours(live, Environment.GetEnvironmentVariable("NO_COLOR"));
        Print(live ? Enter : "");
        try
        {
            await FollowAsync(client, live, colours, cancellation);
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
        finally
        {
            Print(live ? Leave : "");
        }
    }

    private static async Task FollowAsync(ControlClient client, bool live, Colours colours, CancellationToken cancellation)
    {
        StatusDocument? before = null;
        long asked = 0;
        while (true)
        {
            ControlReply reply = await client.AskAsync(new ControlRequest { Schema = ControlFrame.Schema, Command = "status" }, cancellation);
            StatusDocument status = reply.Status ?? throw new CommandException("the daemon's reply has no status", "is it of the same version?");
            double seconds = before is null ? 0 : Stopwatch.GetElapsedTime(asked).TotalSeconds;
            asked = Stopwatch.GetTimestamp();
            Print(live
                ? WatchText.Screen(status, before, seconds, colours)
                : string.Concat(WatchText.Changes(status, before).Select(line => $"{TimeProvider.System.GetLocalNow():HH:mm:ss} {line}\n")));
            before = status;
            await Task.Delay(s_interval, cancellation);
        }
    }

    private static void Print(string text) => StandardOutput.Write(Encoding.UTF8.GetBytes(text));
}
