// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>SHA-256 (FIPS 180-4, 6.2) that leaves no trace of its input outside the arena.</summary>
public sealed unsafe class Sha256Hash : ConditioningHash
{
    /// <summary>Allocates an initialised instance: 192 bytes of the arena.</summary>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public Sha256Hash(SecretArena arena)
        : base(arena, HashMemory<Sha256Function>.Bytes) => InitializeCore();

    /// <inheritdoc/>
    public override string Name => "SHA-256";

    /// <inheritdoc/>
    public override int DigestBytes => Sha256Function.DigestBytes;

    private protected override void InitializeCore()
    {
        fixed (byte* memory = Memory)
        {
            HashMemory<Sha256Function>.Initialize(memory);
        }
    }

    private protected override void UpdateCore(ReadOnlySpan<byte> input)
    {
        fixed (byte* memory = Memory)
        {
            HashMemory<Sha256Function>.Update(memory, input);
        }
    }

    private protected override void FinishCore(Span<byte> digest, byte lastByte, int lastBits)
    {
        fixed (byte* memory = Memory)
        fixed (byte* bytes = digest)
        {
            HashMemory<Sha256Function>.Finish(memory, bytes, lastByte, lastBits);
        }
    }
}
