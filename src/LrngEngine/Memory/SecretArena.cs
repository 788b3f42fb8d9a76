// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LrngEngine.Memory;

/// <summary>
/// The one place where secrets live: a private anonymous mapping between two guard pages, locked into memory, left out of core
/// dumps and emptied in a forked child. Buffers are cut from it once and given back wiped.
/// </summary>
/// <remarks>
/// Fails closed: a mapping that cannot be locked or excluded from dumps is an <see cref="InvalidOperationException"/> that names
/// the call, because a seed that reaches the swap device is lost for good.
/// </remarks>
public sealed unsafe class SecretArena : IDisposable
{
    /// <summary>Enough for every generator and pool of a small machine, and below the 64 KiB that the smallest
    /// RLIMIT_MEMLOCK in use grants.</summary>
    public const int DefaultBytes = 48 * 1024;

    // A cache line: two buffers never share one, so that readers on two CPUs do not slow each other.
    private const int Alignment = 64;

    // linux/mman.h
    private const int MadvDontDump = 16;
    private const int MadvWipeOnFork = 18;

    private readonly IMemoryCalls _calls;
    private readonly byte* _mapping;
    private readonly nuint _mappingBytes;
    private readonly byte* _base;

    // All below guarded by _lock. Free pieces in the order of their addresses, none beside another, none at the end of what is used.
    private readonly Lock _lock = new();
    private readonly List<(nint Offset, int Bytes)> _free = [];
    private int _used;
    private bool _disposed;

    /// <summary>Maps and locks the arena.</summary>
    /// <param name="bytes">Usable size in bytes, rounded up to whole pages.</param>
    /// <exception cref="InvalidOperationException">The memory cannot be mapped, locked or protected.</exception>
    public SecretArena(int bytes = DefaultBytes)
        : this(bytes, new LinuxMemoryCalls())
    {
    }

    internal SecretArena(int bytes, IMemoryCalls calls)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        _calls = calls;
        int page = calls.PageBytes;
        CapacityBytes = checked((bytes + page - 1) / page * page);
        _mappingBytes = (nuint)CapacityBytes + (2 * (nuint)page);

        Check(calls.Reserve(_mappingBytes, out void* mapping), "mmap");
        _mapping = (byte*)mapping;
        _base = _mapping + page;
        try
        {
            nuint usable = (nuint)CapacityBytes;
            Check(calls.MakeReadWrite(_base, usable), "mprotect");
            Check(calls.Lock(_base, usable), "mlock");
            Check(calls.Advise(_base, usable, MadvDontDump), "madvise(MADV_DONTDUMP)");
            Check(calls.Advise(_base, usable, MadvWipeOnFork), "madvise(MADV_WIPEONFORK)");
        }
        catch
        {
            _ = calls.Unmap(_mapping, _mappingBytes);
            throw;
        }
    }

    /// <summary>Usable size in bytes.</summary>
    public int CapacityBytes { get; }

    /// <summary>Cuts a zeroed buffer from the arena, aligned to 64 bytes.</summary>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public SecretBuffer Allocate(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        int rounded = checked((bytes + Alignment - 1) / Alignment * Alignment);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (TryReuse(rounded, out nint offset))
            {
                return new SecretBuffer(this, _base + offset, bytes, rounded);
            }

            if (rounded > CapacityBytes - _used)
            {
                throw new InvalidOperationException(
                    $"secret arena exhausted: {bytes} bytes wanted, {CapacityBytes - _used} of {CapacityBytes} left");
            }

            byte* address = _base + _used;
            _used += rounded;
            return new SecretBuffer(this, address, bytes, rounded);
        }
    }

    /// <summary>Wipes and unmaps everything. Buffers still held become invalid; dispose their owners first.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            CryptographicOperations.ZeroMemory(new Span<byte>(_base, CapacityBytes));
            _ = _calls.Unmap(_mapping, _mappingBytes);
        }
    }

    internal void Return(byte* address, int roundedBytes)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            Debug.Assert(address >= _base && address + roundedBytes <= _base + CapacityBytes, "a buffer of another arena");
            CryptographicOperations.ZeroMemory(new Span<byte>(address, roundedBytes));
            TakeBack((nint)(address - _base), roundedBytes);
        }
    }

    // Under _lock. The smallest piece that is large enough.
    private bool TryReuse(int bytes, out nint offset)
    {
        int best = -1;
        for (int i = 0; i < _free.Count; i++)
        {
            if (_free[i].Bytes >= bytes && (best < 0 || _free[i].Bytes < _free[best].Bytes))
            {
                best = i;
            }
        }

        if (best < 0)
        {
            offset = 0;
            return false;
        }

        (offset, int length) = _free[best];
        if (length == bytes)
        {
            _free.RemoveAt(best);
        }
        else
        {
            _free[best] = (offset + bytes, length - bytes);
        }

        return true;
    }

    // Under _lock. Neighbours are joined, or hashes and DRNGs of changing sizes would use the arena up in the long run.
    private void TakeBack(nint offset, int bytes)
    {
        int next = _free.FindIndex(piece => piece.Offset > offset);
        next = next < 0 ? _free.Count : next;
        if (next < _free.Count && _free[next].Offset == offset + bytes)
        {
            bytes += _free[next].Bytes;
            _free.RemoveAt(next);
        }

        if (next > 0 && _free[next - 1].Offset + _free[next - 1].Bytes == offset)
        {
            next--;
            offset = _free[next].Offset;
            bytes += _free[next].Bytes;
            _free.RemoveAt(next);
        }

        if (offset + bytes == _used)
        {
            _used -= bytes;
        }
        else
        {
            _free.Insert(next, (offset, bytes));
        }
    }

    private static void Check(int errno, string call)
    {
        if (errno != 0)
        {
            throw new InvalidOperationException(
                $"cannot protect memory for secrets: {call}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})");
        }
    }
}
