// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.Tests.SelfTests;

/// <summary>A conditioning hash with a fault: one bit of the digest is another.</summary>
internal sealed class WrongHash(SecretArena arena, ConditioningHash hash) : ConditioningHash(arena, 1)
{
    public override string Name => hash.Name;

    public override int DigestBytes => hash.DigestBytes;

    public static ConditioningHashFactory Of(ConditioningHashFactory factory) =>
        factory with { Create = arena => new WrongHash(arena, factory.Create(arena)) };

    private protected override void InitializeCore() => hash.Initialize();

    private protected override void UpdateCore(ReadOnlySpan<byte> input) => hash.Update(input);

    private protected override void FinishCore(Span<byte> digest, byte lastByte, int lastBits)
    {
        hash.Finish(digest);
        digest[0] ^= 1;
    }
}
