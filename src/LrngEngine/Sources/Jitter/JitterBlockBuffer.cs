// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using LrngEngine.Memory;

namespace LrngEngine.Sources.Jitter;

/// <summary>Blocks collected ahead, first in, first out, each with the credit it had when it was filled. Thread-safe.</summary>
internal sealed class JitterBlockBuffer : IDisposable
{
    // All guarded by _lock.
    private readonly Lock _lock = new();
    private readonly SecretBuffer _blocks;
    private readonly int[] _credits;
    private readonly int _blockBytes;
    private int _first;
    private int _count;
    private bool _disposed;

    public JitterBlockBuffer(SecretArena arena, int capacity, int blockBytes)
    {
        _blockBytes = blockBytes;
        _credits = new int[capacity];
        _blocks = arena.Allocate(capacity * blockBytes);
    }

    /// <summary>Blocks that fit.</summary>
    public int Capacity => _credits.Length;

    /// <summary>Blocks that wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>Adds a block; false if there is no room (the block is not kept then).</summary>
    public bool TryAdd(ReadOnlySpan<byte> block, int credit)
    {
        lock (_lock)
        {
            if (_disposed || _count == Capacity)
            {
                return false;
            }

            int slot = (_first + _count) % Capacity;
            block.CopyTo(Slot(slot));
            _credits[slot] = credit;
            _count++;
            return true;
        }
    }

    /// <summary>Takes the oldest block and wipes its slot; false if there is none.</summary>
    public bool TryTake(Span<byte> block, out int credit)
    {
        lock (_lock)
        {
            credit = 0;
            if (_disposed || _count == 0)
            {
                return false;
            }

            Span<byte> slot = Slot(_first);
            slot.CopyTo(block);
            CryptographicOperations.ZeroMemory(slot);
            credit = _credits[_first];
            _first = (_first + 1) % Capacity;
            _count--;
            return true;
        }
    }

    /// <summary>Drops and wipes all blocks.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _blocks.Wipe();
                _count = 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _blocks.Dispose();
        }
    }

    private Span<byte> Slot(int index) => _blocks.Span.Slice(index * _blockBytes, _blockBytes);
}
