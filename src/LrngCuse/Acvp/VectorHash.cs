// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngCuse.Acvp;

/// <summary>A hash of the engine over bit strings.</summary>
internal sealed class VectorHash(ConditioningHashFactory factory)
{
    internal bool IsSha3 { get; } = factory.Name.StartsWith("sha3-", StringComparison.Ordinal);

    internal int DigestBytes { get; } = factory.DigestBits / 8;

    internal ConditioningHash Create(SecretArena arena) => factory.Create(arena);

    /// <summary>The digest of a message.</summary>
    internal void Digest(ConditioningHash hash, ReadOnlySpan<byte> message, long bits, Span<byte> digest)
    {
        int whole = (int)(bits / 8);
        hash.Update(message[..whole]);
        Finish(hash, bits % 8 == 0 ? (byte)0 : message[whole], (int)(bits % 8), digest);
    }

    /// <summary>Ends a message.</summary>
    /// <param name="hash">Has taken the whole bytes.</param>
    /// <param name="lastByte">The last bits from the most significant one on, as in <see cref="BitString"/>.</param>
    /// <param name="lastBits">How many they are.</param>
    /// <param name="digest">Receives the digest.</param>
    internal void Finish(ConditioningHash hash, byte lastByte, int lastBits, Span<byte> digest)
    {
        Debug.Assert(lastBits is >= 0 and < 8, "less than a byte");
        hash.Finish(digest, IsSha3 && lastBits > 0 ? (byte)(lastByte >> (8 - lastBits)) : lastByte, lastBits);
    }
}
