// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;

namespace LrngEngine;

/// <summary>
/// A <see cref="LrngGenerator"/> where the platform's type is asked for. Every member that gives bytes waits until the generator
/// is operational, and throws what <see cref="LrngGenerator.GetRandomBytesFull"/> throws. Thread-safe.
/// </summary>
/// <remarks>The static members of <see cref="RandomNumberGenerator"/> are the platform's own and do not come here.</remarks>
public sealed class LrngRandomNumberGenerator : RandomNumberGenerator
{
    private readonly LrngGenerator _generator;
    private readonly bool _ownsGenerator;
    private volatile bool _disposed;

    /// <summary>Makes the adapter.</summary>
    /// <param name="generator">Where the bytes come from; started by its owner.</param>
    /// <param name="ownsGenerator">Whether disposing the adapter disposes the generator.</param>
    public LrngRandomNumberGenerator(LrngGenerator generator, bool ownsGenerator = false)
    {
        ArgumentNullException.ThrowIfNull(generator);
        _generator = generator;
        _ownsGenerator = ownsGenerator;
    }

    /// <inheritdoc/>
    public override void GetBytes(byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        GetBytes(data.AsSpan());
    }

    /// <inheritdoc/>
    public override void GetBytes(Span<byte> data)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _generator.GetRandomBytesFull(data);
    }

    /// <inheritdoc/>
    public override void GetNonZeroBytes(byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        GetNonZeroBytes(data.AsSpan());
    }

    /// <inheritdoc/>
    public override void GetNonZeroBytes(Span<byte> data)
    {
        // Zeros are thrown away and drawn again, so that the other 255 values stay equally likely.
        Span<byte> missing = data;
        do
        {
            GetBytes(missing);
            missing = missing[MoveNonZero(missing)..];
        }
        while (!missing.IsEmpty);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            if (_ownsGenerator)
            {
                _generator.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    // Moves what is not zero to the front; returns how much that is.
    private static int MoveNonZero(Span<byte> data)
    {
        int kept = 0;
        foreach (byte value in data)
        {
            if (value != 0)
            {
                data[kept++] = value;
            }
        }

        return kept;
    }
}
