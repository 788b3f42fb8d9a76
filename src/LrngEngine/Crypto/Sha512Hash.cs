// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>SHA-512 (FIPS 180-4, 6.4) that leaves no trace of its input outside the arena.</summary>
public sealed unsafe class Sha512Hash : ConditioningHash
{
    /// <summary>Allocates an initialised instance: 384 bytes of the arena.</summary>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public Sha512Hash(SecretArena arena)
        : base(arena, HashMemory<Sha512Function>.Bytes) => InitializeCore();

    /// <inheritdoc/>
    public override string Name => "SHA-512";

    /// <inheritdoc/>
    public override int DigestBytes => Sha512Function.DigestBytes;

    private protected override void InitializeCore()
    {
        fixed (byte* memory = Memory)
        {
            HashMemory<Sha512Function>.Initialize(memory);
        }
    }

    private protected override void UpdateCore(ReadOnlySpan<byte> input)
    {
        fixed (byte* memory = Memory)
        {
            HashMemory<Sha512Function>.Update(memory, input);
        }
    }

    private protected override void FinishCore(Span<byte> digest, byte lastByte, int lastBits)
    {
        fixed (byte* memory = Memory)
        fixed (byte* bytes = digest)
        {
            HashMemory<Sha512Function>.Finish(memory, bytes, lastByte, lastBits);
        }
    }
}
