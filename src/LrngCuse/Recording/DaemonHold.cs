// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Control;
using LrngCuse.Sampling;

namespace LrngCuse.Recording;

/// <summary>Keeps a running daemon from seeding with the events that are recorded.</summary>
internal static class DaemonHold
{
    /// <returns>A connection that holds the daemon's source back until it is closed; null if no daemon runs.</returns>
    /// <exception cref="CommandException">The daemon refuses.</exception>
    internal static async Task<ControlClient?> TakeAsync(RawSource source, string socket, CancellationToken cancellation)
    {
        ControlClient? client = null;
        try
        {
            client = ControlClient.Connect(socket);
            var request = new ControlRequest
            {
                Schema = ControlFrame.Schema,
                Command = "hold",
                Key = RawSources.EventOf(source) == TimerEvent.Interrupt ? "irq" : "sched",
            };
            _ = await client.AskAsync(request, cancellation);
            return client;
        }
        catch (CommandException error) when (error.ExitCode == ExitCodes.NotRunning)
        {
            client?.Dispose();
            return null;
        }
        catch
        {
            client?.Dispose();
            throw;
        }
    }
}
