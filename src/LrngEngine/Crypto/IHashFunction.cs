// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Crypto;

/// <summary>
/// What <see cref="HashMemory{THash}"/> and the DRBGs need of a hash that takes its input in blocks: the chaining value, the
/// compression of blocks into it and what ends a message. Stateless; all memory is the caller's.
/// </summary>
internal unsafe interface IHashFunction
{
    /// <summary>Bytes of an input block.</summary>
    static abstract int BlockBytes { get; }

    /// <summary>Bytes of the digest.</summary>
    static abstract int DigestBytes { get; }

    /// <summary>Bytes of the chaining value, a multiple of eight.</summary>
    static abstract int StateBytes { get; }

    /// <summary>Bytes of secret memory to work in, a multiple of eight; may be 0.</summary>
    static abstract int ScratchBytes { get; }

    /// <summary>The byte that follows the message.</summary>
    static abstract byte FirstPadByte { get; }

    /// <summary>Bytes at the end of the last block that <see cref="WriteEnd"/> needs free of message and first pad byte.</summary>
    static abstract int EndBytes { get; }

    /// <summary>Writes the initial chaining value.</summary>
    static abstract void Initialize(byte* state);

    /// <summary>Mixes <paramref name="count"/> blocks, at any address, into the chaining value.</summary>
    static abstract void Compress(byte* state, byte* scratch, byte* blocks, int count);

    /// <summary>Completes the last block, zeros behind the first pad byte.</summary>
    static abstract void WriteEnd(byte* block, ulong messageBytes);

    /// <summary>Writes <see cref="DigestBytes"/> bytes.</summary>
    static abstract void WriteDigest(byte* state, byte* digest);
}
