// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>
/// A hash that conditions noise or holds a pool: incremental, with everything it remembers about its input in locked memory.
/// Not synchronised; the owner's lock guards it.
/// </summary>
/// <remarks>Vetted conditioning components are the hash functions of SP 800-90B, 3.1.5.1.1.</remarks>
public abstract class ConditioningHash : IDisposable
{
    private readonly SecretBuffer _memory;

    private protected ConditioningHash(SecretArena arena, int memoryBytes)
    {
        ArgumentNullException.ThrowIfNull(arena);
        _memory = arena.Allocate(memoryBytes);
    }

    /// <summary>The name that the status shows, for example "SHA-512".</summary>
    public abstract string Name { get; }

    /// <summary>Length of the digest in bytes.</summary>
    public abstract int DigestBytes { get; }

    /// <summary>All that the hash knows of its input. Throws when disposed.</summary>
    private protected Span<byte> Memory => _memory.Span;

    /// <summary>Forgets all input so far. A new instance is initialised already.</summary>
    /// <exception cref="ObjectDisposedException">The instance is disposed.</exception>
    public void Initialize()
    {
        _memory.Wipe();
        InitializeCore();
    }

    /// <summary>Appends input of any length.</summary>
    /// <exception cref="ObjectDisposedException">The instance is disposed.</exception>
    public void Update(ReadOnlySpan<byte> input) => UpdateCore(input);

    /// <summary>Writes the digest of the input, then forgets the input as <see cref="Initialize"/> does.</summary>
    /// <param name="digest">Exactly <see cref="DigestBytes"/> bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="digest"/> has another length; the input is kept.</exception>
    /// <exception cref="ObjectDisposedException">The instance is disposed.</exception>
    public void Finish(Span<byte> digest) => Finish(digest, lastByte: 0, lastBits: 0);

    /// <summary>The same for input that ends within a byte, which noise never does: test vectors do.</summary>
    /// <param name="digest">Exactly <see cref="DigestBytes"/> bytes.</param>
    /// <param name="lastByte">The bits that follow the whole bytes: SHA-2 takes them from the most significant bit on (FIPS 180-4,
    /// 3.1), SHA-3 from the least significant (FIPS 202, B.1).</param>
    /// <param name="lastBits">How many of them there are, 0 to 7.</param>
    internal void Finish(Span<byte> digest, byte lastByte, int lastBits)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, DigestBytes, nameof(digest));
        Debug.Assert(lastBits is >= 0 and < 8, "less than a byte");
        try
        {
            FinishCore(digest, lastByte, lastBits);
        }
        finally
        {
            Initialize();
        }
    }

    /// <summary>Wipes everything and gives the memory back to the arena.</summary>
    public void Dispose() => _memory.Dispose();

    /// <summary>Makes the initial state out of wiped memory.</summary>
    private protected abstract void InitializeCore();

    private protected abstract void UpdateCore(ReadOnlySpan<byte> input);

    /// <summary>Pads and writes the digest; the state is worthless afterwards.</summary>
    private protected abstract void FinishCore(Span<byte> digest, byte lastByte, int lastBits);
}
