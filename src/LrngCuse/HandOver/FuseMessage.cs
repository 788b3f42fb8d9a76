// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using LrngCuse.Interop;

namespace LrngCuse.HandOver;

/// <summary>Requests of the kernel as bytes (linux/fuse.h). libfuse trusts their lengths.</summary>
internal static class FuseMessage
{
    // struct fuse_in_header { uint32_t len; uint32_t opcode; ... }
    private const int HeaderBytes = 40;
    private const int OpcodeOffset = 4;

    // struct cuse_init_in, and what struct fuse_init_in was before FUSE_INIT_EXT: major, minor, max_readahead, flags.
    private const int OpeningBytes = HeaderBytes + 16;
    private const int FlagsOffset = HeaderBytes + 12;
    private const int LongOpeningBytes = HeaderBytes + 64;

    // struct fuse_read_in
    private const int ReadBytes = HeaderBytes + 40;

    // struct fuse_ioctl_in { ...; uint32_t in_size; uint32_t out_size; }, and in_size bytes behind it.
    private const int IoctlBytes = HeaderBytes + 32;
    private const int InputSizeOffset = HeaderBytes + 24;

    /// <summary>Whether it can be the first request of a connection.</summary>
    /// <exception cref="InvalidDataException">It cannot.</exception>
    internal static void CheckOpening(ReadOnlySpan<byte> message)
    {
        bool valid = message.Length >= OpeningBytes && OpcodeOf(message) switch
        {
            Linux.CUSE_INIT => true,
            Linux.FUSE_INIT => message.Length >= LongOpeningBytes || (NumberAt(message, FlagsOffset) & Linux.FUSE_INIT_EXT) == 0,
            _ => false,
        };
        if (!valid)
        {
            throw new InvalidDataException("its first request is none");
        }
    }

    /// <summary>Whether it can be a request that waits: a read, or an ioctl.</summary>
    /// <exception cref="InvalidDataException">It cannot.</exception>
    internal static void CheckWaiting(ReadOnlySpan<byte> message)
    {
        bool valid = OpcodeOf(message) switch
        {
            Linux.FUSE_READ => message.Length >= ReadBytes,
            Linux.FUSE_IOCTL => message.Length >= IoctlBytes && (ulong)message.Length - IoctlBytes >= NumberAt(message, InputSizeOffset),
            _ => false,
        };
        if (!valid)
        {
            throw new InvalidDataException("a request in it is malformed, or none that waits");
        }
    }

    private static uint OpcodeOf(ReadOnlySpan<byte> message) =>
        message.Length >= HeaderBytes && NumberAt(message, 0) == message.Length
            ? NumberAt(message, OpcodeOffset)
            : throw new InvalidDataException($"a request in it has not the length that it says, {message.Length} bytes");

    private static uint NumberAt(ReadOnlySpan<byte> message, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(message[offset..]);
}
