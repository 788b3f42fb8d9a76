// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;

namespace LrngCuse.HandOver;

/// <summary>Reads what may be malformed, from its beginning to its end.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    internal readonly bool AtEnd => _rest.IsEmpty;

    /// <param name="length">Bytes wanted.</param>
    /// <param name="what">For the message.</param>
    /// <exception cref="InvalidDataException">So many are not there.</exception>
    internal ReadOnlySpan<byte> Take(long length, string what)
    {
        if (length > _rest.Length)
        {
            throw new InvalidDataException($"it ends within {what}");
        }

        ReadOnlySpan<byte> taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    internal uint TakeNumber(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint), what));

    internal ulong TakeLongNumber(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong), what));

    /// <summary>A length and so many bytes.</summary>
    internal ReadOnlySpan<byte> TakeCounted(string what) => Take(TakeNumber(what), what);
}
