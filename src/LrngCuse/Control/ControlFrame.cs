// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Net.Sockets;

namespace LrngCuse.Control;

/// <summary>Frames on the control socket: a 32-bit little-endian length and that many bytes.</summary>
internal static class ControlFrame
{
    /// <summary>Version of the protocol.</summary>
    internal const int Schema = 1;

    private const int HeaderBytes = sizeof(uint);

    /// <summary>What stands before a payload.</summary>
    internal static byte[] Header(int payloadBytes)
    {
        byte[] header = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)payloadBytes);
        return header;
    }

    /// <summary>Sends one frame.</summary>
    internal static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        await SendAllAsync(socket, Header(payload.Length), cancellation);
        await SendAllAsync(socket, payload, cancellation);
    }

    /// <summary>Receives the length of the next frame.</summary>
    /// <returns>-1 at the end of the connection.</returns>
    /// <exception cref="InvalidDataException">The frame is longer than <paramref name="limit"/>.</exception>
    internal static async Task<int> ReceiveLengthAsync(Socket socket, int limit, CancellationToken cancellation)
    {
        byte[] header = new byte[HeaderBytes];
        int received = await socket.ReceiveAsync(header, SocketFlags.None, cancellation);
        if (received == 0)
        {
            return -1;
        }

        await ReceiveAllAsync(socket, header.AsMemory(received), cancellation);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        return length <= limit ? (int)length : throw new InvalidDataException($"a frame of {length} bytes, at most {limit} are accepted");
    }

    /// <summary>Fills the whole buffer.</summary>
    /// <exception cref="EndOfStreamException">The peer closed the connection before.</exception>
    internal static async Task ReceiveAllAsync(Socket socket, Memory<byte> buffer, CancellationToken cancellation)
    {
        while (!buffer.IsEmpty)
        {
            int received = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellation);
            if (received == 0)
            {
                throw new EndOfStreamException("the connection ended in the middle of a frame");
            }

            buffer = buffer[received..];
        }
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        while (!data.IsEmpty)
        {
            int sent = await socket.SendAsync(data, SocketFlags.None, cancellation);
            data = data[sent..];
        }
    }
}
