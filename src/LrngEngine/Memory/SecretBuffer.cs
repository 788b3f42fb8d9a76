// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace LrngEngine.Memory;

/// <summary>A piece of a <see cref="SecretArena"/>. Wiped when disposed. Not synchronised: the owner's lock guards it.</summary>
public sealed unsafe class SecretBuffer : IDisposable
{
    private readonly SecretArena _arena;
    private readonly int _roundedBytes;
    private byte* _address;

    internal SecretBuffer(SecretArena arena, byte* address, int bytes, int roundedBytes)
    {
        _arena = arena;
        _address = address;
        _roundedBytes = roundedBytes;
        Length = bytes;
    }

    /// <summary>Length in bytes.</summary>
    public int Length { get; }

    /// <summary>The bytes. The span must not outlive the buffer.</summary>
    public Span<byte> Span
    {
        // Several times for each event of a timer source.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ObjectDisposedException.ThrowIf(_address is null, this);
            return new Span<byte>(_address, Length);
        }
    }

    /// <summary>Overwrites the bytes with zeros.</summary>
    public void Wipe() => CryptographicOperations.ZeroMemory(Span);

    /// <summary>Wipes the bytes and gives them back to the arena.</summary>
    public void Dispose()
    {
        if (_address is not null)
        {
            _arena.Return(_address, _roundedBytes);
            _address = null;
        }
    }
}
