// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;

namespace LrngEngine.Tests.Crypto;

/// <summary>An arena whose whole memory a test can look at, given back pieces included.</summary>
internal sealed unsafe class ArenaView : IDisposable
{
    private readonly SecretBuffer _first;
    private readonly byte* _start;

    public ArenaView()
    {
        Arena = new SecretArena(16384);
        _first = Arena.Allocate(64);
        fixed (byte* address = _first.Span)
        {
            _start = address;
        }
    }

    public SecretArena Arena { get; }

    /// <summary>A copy of everything.</summary>
    public byte[] Snapshot() => new ReadOnlySpan<byte>(_start, Arena.CapacityBytes).ToArray();

    public void Dispose()
    {
        _first.Dispose();
        Arena.Dispose();
    }
}
