// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Buffers.Text;

namespace LrngCuse.Recording;

/// <summary>Writes values in a format. This machine is little-endian.</summary>
internal static class RawEncoder
{
    private const int PieceValues = 8192;

    // 2^64 - 1 and a line feed.
    private const int LongestLine = 21;

    internal delegate void Output(ReadOnlySpan<byte> bytes);

    internal static void Write(ReadOnlySpan<ulong> values, RawFormat format, Output output)
    {
        byte[] piece = new byte[PieceValues * LongestLine];
        while (!values.IsEmpty)
        {
            int length = 0;
            ReadOnlySpan<ulong> next = values[..Math.Min(values.Length, PieceValues)];
            foreach (ulong value in next)
            {
                length += Encode(value, format, piece.AsSpan(length));
            }

            output(piece.AsSpan(0, length));
            values = values[next.Length..];
        }
    }

    private static int Encode(ulong value, RawFormat format, Span<byte> room)
    {
        switch (format)
        {
            case RawFormat.U8:
                room[0] = (byte)value;
                return 1;
            case RawFormat.U32:
                BinaryPrimitives.WriteUInt32LittleEndian(room, (uint)value);
                return sizeof(uint);
            case RawFormat.U64:
                BinaryPrimitives.WriteUInt64LittleEndian(room, value);
                return sizeof(ulong);
            default:
                _ = Utf8Formatter.TryFormat(value, room, out int written);
                room[written] = (byte)'\n';
                return written + 1;
        }
    }
}
