// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Control;

namespace LrngCuse.Feeding;

/// <summary>The daemon behind a control socket. Each question has a connection of its own: the daemon ends those that are silent, and it
/// may have been started again meanwhile.</summary>
internal sealed class DaemonSeedProvider(string socket) : ISeedProvider
{
    /// <exception cref="CommandException">No daemon answers.</exception>
    public async Task<StatusDocument> GetStatusAsync(CancellationToken cancellation)
    {
        using ControlClient client = ControlClient.Connect(socket);
        ControlReply reply = await client.AskAsync(Request("status"), cancellation);
        return reply.Status ?? throw new CommandException("the daemon's reply has no status", "is it of the same version?");
    }

    /// <exception cref="CommandException">No daemon answers, or it can give nothing.</exception>
    public async Task GetBytesAsync(Memory<byte> output, bool predictionResistant, CancellationToken cancellation)
    {
        using ControlClient client = ControlClient.Connect(socket);

        // Prediction-resistant answers may be short.
        while (!output.IsEmpty)
        {
            ControlRequest request = Request("get") with { Bytes = output.Length, PredictionResistant = predictionResistant };
            _ = await client.AskAsync(request, cancellation);
            output = output[await client.ReceiveBytesAsync(output, cancellation)..];
        }
    }

    private static ControlRequest Request(string command) => new() { Schema = ControlFrame.Schema, Command = command };
}
