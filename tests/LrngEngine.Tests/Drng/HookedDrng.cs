// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Drng;

/// <summary>A DRNG that calls a test before each generation, with whatever locks its owner holds.</summary>
internal sealed class HookedDrng(LrngEngine.Crypto.Drng inner, Action beforeGenerating) : LrngEngine.Crypto.Drng
{
    public override string Name => inner.Name;

    public override int SecurityStrengthBits => inner.SecurityStrengthBits;

    public override void Seed(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> additionalInput = default) => inner.Seed(seed, additionalInput);

    public override void Generate(Span<byte> output, ReadOnlySpan<byte> additionalInput = default)
    {
        beforeGenerating();
        inner.Generate(output, additionalInput);
    }

    public override void Dispose() => inner.Dispose();
}
