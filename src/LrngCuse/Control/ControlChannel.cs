// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Net.Sockets;
using System.Text.Json;

namespace LrngCuse.Control;

/// <summary>The daemon's end of a control connection: requests in, replies out, and no client that holds a place by doing neither.</summary>
internal sealed class ControlChannel(Socket socket)
{
    // Requests are short; a client that sends more does not speak this protocol.
    private const int MaximumRequestBytes = 4096;

    // A client that stops talking must not hold a place for ever.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly byte[] _buffer = new byte[MaximumRequestBytes];

    /// <summary>Tells a client that was just accepted why it is not served. What nobody has read yet has room for that.</summary>
    internal static void TurnAway(Socket socket, string error, string hint)
    {
        byte[] reply = JsonSerializer.SerializeToUtf8Bytes(Refusal(error, hint, ExitCodes.Failed), ControlJson.Default.ControlReply);
        try
        {
            _ = socket.Send([ControlFrame.Header(reply.Length), reply]);
        }
        catch (SocketException)
        {
            // It did not wait for the answer.
            return;
        }
    }

    /// <summary>Receives a request.</summary>
    /// <returns>Its JSON, until the next one is received; null at the end of the connection.</returns>
    internal async Task<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken stop)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(s_patience);
        int length = await ControlFrame.ReceiveLengthAsync(socket, MaximumRequestBytes, timeout.Token);
        if (length < 0)
        {
            return null;
        }

        await ControlFrame.ReceiveAllAsync(socket, _buffer.AsMemory(0, length), timeout.Token);
        return _buffer.AsMemory(0, length);
    }

    /// <summary>Who connected; null if the kernel does not say.</summary>
    internal PeerCredentials? Peer => PeerCredentials.Of(socket);

    /// <summary>Whether the client may change something.</summary>
    internal bool IsPrivileged() => CallerPrivilege.HasSysAdmin(socket);

    /// <summary>Ends when the client goes away, or sends something while it should wait.</summary>
    internal Task WhenGoneAsync(CancellationToken stop) => socket.ReceiveAsync(new byte[1], SocketFlags.Peek, stop).AsTask();

    internal Task DoneAsync(CancellationToken stop) => ReplyAsync(new ControlReply { Schema = ControlFrame.Schema }, stop);

    internal Task RefuseAsync(string error, string hint, int exitCode, CancellationToken stop) => ReplyAsync(Refusal(error, hint, exitCode), stop);

    internal Task ReplyAsync(ControlReply reply, CancellationToken stop) =>
        SendAsync(JsonSerializer.SerializeToUtf8Bytes(reply, ControlJson.Default.ControlReply), stop);

    // A client that does not read must not hold a place for ever either.
    internal async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken stop)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(s_patience);
        await ControlFrame.SendAsync(socket, frame, timeout.Token);
    }

    private static ControlReply Refusal(string error, string hint, int exitCode) =>
        new() { Schema = ControlFrame.Schema, Error = error, Hint = hint, ExitCode = exitCode };
}
