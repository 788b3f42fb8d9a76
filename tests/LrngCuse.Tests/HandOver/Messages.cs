// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using LrngCuse.Interop;

namespace LrngCuse.Tests.HandOver;

/// <summary>Requests as the kernel sends them (linux/fuse.h).</summary>
internal static class Messages
{
    private const uint WriteOpcode = 16;

    internal static byte[] Opening() => Message(Linux.CUSE_INIT, 1, new byte[16]);

    /// <param name="flags">Of the features that the kernel offers.</param>
    /// <param name="bodyBytes">Newer kernels send 64, older ones 16.</param>
    internal static byte[] OpeningOfMount(uint flags = Linux.FUSE_INIT_EXT, int bodyBytes = 64)
    {
        byte[] body = new byte[bodyBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(12), flags);
        return Message(Linux.FUSE_INIT, 1, body);
    }

    internal static byte[] Read(ulong unique) => Message(Linux.FUSE_READ, unique, new byte[40]);

    internal static byte[] Write(ulong unique) => Message(WriteOpcode, unique, new byte[40]);

    /// <param name="unique">Names it.</param>
    /// <param name="inputBytes">What in_size says.</param>
    /// <param name="carried">Bytes that follow; as many as it says unless told otherwise.</param>
    internal static byte[] Ioctl(ulong unique, uint inputBytes, int? carried = null)
    {
        byte[] body = new byte[32 + (carried ?? (int)inputBytes)];
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(24), inputBytes);
        return Message(Linux.FUSE_IOCTL, unique, body);
    }

    internal static byte[] Message(uint opcode, ulong unique, byte[] body)
    {
        byte[] message = new byte[40 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(4), opcode);
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(8), unique);
        body.CopyTo(message, 40);
        return message;
    }
}
