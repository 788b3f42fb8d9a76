// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>SHA-384 (FIPS 180-4, 6.5) that leaves no trace of its input outside the arena.</summary>
public sealed unsafe class Sha384Hash : ConditioningHash
{
    /// <summary>Allocates an initialised instance: 384 bytes of the arena.</summary>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public Sha384Hash(SecretArena arena)
        : base(arena, HashMemory<Sha384Function>.Bytes) => InitializeCore();

    /// <inheritdoc/>
    public override string Name => "SHA-384";

    /// <inheritdoc/>
    public override int DigestBytes => Sha384Function.DigestBytes;

    private protected override void InitializeCore()
    {
        fixed (byte* memory = Memory)
        {
            HashMemory<Sha384Function>.Initialize(memory);
        }
    }

    private protected override void UpdateCore(ReadOnlySpan<byte> input)
    {
        fixed (byte* memory = Memory)
        {
            HashMemory<Sha384Function>.Update(memory, input);
        }
    }

    private protected override void FinishCore(Span<byte> digest, byte lastByte, int lastBits)
    {
        fixed (byte* memory = Memory)
        fixed (byte* bytes = digest)
        {
            HashMemory<Sha384Function>.Finish(memory, bytes, lastByte, lastBits);
        }
    }
}
