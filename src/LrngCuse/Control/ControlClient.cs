// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Net.Sockets;
using System.Text.Json;

namespace LrngCuse.Control;

/// <summary>A tool's connection to the daemon.</summary>
internal sealed class ControlClient : IDisposable
{
    private const int MaximumReplyBytes = 1024 * 1024;

    private readonly Socket _socket;

    private ControlClient(Socket socket) => _socket = socket;

    /// <exception cref="CommandException">No daemon listens there.</exception>
    internal static ControlClient Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return new ControlClient(socket);
        }
        catch (Exception error) when (error is SocketException or ArgumentOutOfRangeException)
        {
            socket.Dispose();
            // What the platform makes of ENOENT says something else.
            string reason = error is SocketException { SocketErrorCode: SocketError.AddressNotAvailable } ? "no such file" : error.Message;
            throw new CommandException(
                $"no daemon answers at {path}: {reason}", "start it: lrng serve; or name its socket with --socket", ExitCodes.NotRunning);
        }
    }

    /// <summary>Sends a request and receives the reply.</summary>
    /// <exception cref="CommandException">The daemon refused it or went away.</exception>
    internal async Task<ControlReply> AskAsync(ControlRequest request, CancellationToken cancellation)
    {
        try
        {
            byte[] sent = JsonSerializer.SerializeToUtf8Bytes(request, ControlJson.Default.ControlRequest);
            await SendAsync(sent, cancellation);
            byte[] received = new byte[await LengthAsync(MaximumReplyBytes, cancellation)];
            await ControlFrame.ReceiveAllAsync(_socket, received, cancellation);
            ControlReply reply = JsonSerializer.Deserialize(received, ControlJson.Default.ControlReply)
                ?? throw new JsonException("the reply is empty");
            return reply.Error is null
                ? reply
                : throw new CommandException(reply.Error, reply.Hint ?? "see the daemon's log", reply.ExitCode);
        }
        catch (Exception error) when (error is SocketException or IOException or JsonException)
        {
            throw Gone(error);
        }
    }

    /// <summary>Receives the bytes that follow the reply to get.</summary>
    /// <returns>Number of bytes.</returns>
    internal async Task<int> ReceiveBytesAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            int length = await LengthAsync(buffer.Length, cancellation);
            await ControlFrame.ReceiveAllAsync(_socket, buffer[..length], cancellation);
            return length;
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            throw Gone(error);
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(byte[] request, CancellationToken cancellation)
    {
        try
        {
            await ControlFrame.SendAsync(_socket, request, cancellation);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.Shutdown or SocketError.ConnectionReset)
        {
            // A daemon that turns a client away says why before it closes the connection: that is still to be received.
            return;
        }
    }

    private async Task<int> LengthAsync(int limit, CancellationToken cancellation)
    {
        int length = await ControlFrame.ReceiveLengthAsync(_socket, limit, cancellation);
        return length >= 0 ? length : throw new EndOfStreamException("the daemon closed the connection");
    }

    private static CommandException Gone(Exception error) =>
        new($"the daemon went away: {error.Message}", "see its log", ExitCodes.NotRunning);
}
