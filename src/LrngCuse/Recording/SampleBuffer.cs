// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Recording;

/// <summary>Values as they are recorded. They stay in memory until the end, so that writing does not disturb what is recorded and a
/// slow reader loses nothing. One thread writes; any may read the count.</summary>
internal sealed class SampleBuffer(int capacity)
{
    private readonly ulong[] _values = new ulong[capacity];
    private int _count;

    internal int Capacity => _values.Length;

    internal int Count => Volatile.Read(ref _count);

    internal bool IsFull => _count == _values.Length;

    internal Span<ulong> Values => _values.AsSpan(0, _count);

    /// <summary>What is not filled yet; <see cref="Advance"/> tells how much was.</summary>
    internal Span<ulong> Room => _values.AsSpan(_count);

    internal void Advance(int values) => Volatile.Write(ref _count, _count + values);

    /// <summary>Takes as many as there is room for.</summary>
    internal void Add(ReadOnlySpan<ulong> values)
    {
        ReadOnlySpan<ulong> taken = values[..Math.Min(values.Length, Room.Length)];
        taken.CopyTo(Room);
        Advance(taken.Length);
    }
}
