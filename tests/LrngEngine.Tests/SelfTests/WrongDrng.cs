// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using EngineDrng = LrngEngine.Crypto.Drng;

namespace LrngEngine.Tests.SelfTests;

/// <summary>A DRNG with a fault: one bit of what it gives is another.</summary>
internal sealed class WrongDrng(EngineDrng drng) : EngineDrng
{
    public override string Name => drng.Name;

    public override int SecurityStrengthBits => drng.SecurityStrengthBits;

    /// <summary>The same DRNG, with the fault from the moment on when that is said.</summary>
    public static DrngFactory Of(DrngFactory factory, Func<bool>? isWrong = null) => factory with
    {
        Create = arena => isWrong?.Invoke() == false ? factory.Create(arena) : new WrongDrng(factory.Create(arena)),
    };

    public override void Seed(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> additionalInput = default) => drng.Seed(seed, additionalInput);

    public override void Generate(Span<byte> output, ReadOnlySpan<byte> additionalInput = default)
    {
        drng.Generate(output, additionalInput);
        if (!output.IsEmpty)
        {
            output[^1] ^= 0x80;
        }
    }

    public override void Dispose() => drng.Dispose();
}
