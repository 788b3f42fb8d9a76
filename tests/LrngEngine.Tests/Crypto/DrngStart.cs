// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Crypto;

/// <summary>A random state of the ChaCha20 DRNG, constants included.</summary>
internal sealed record DrngStart(uint[] Words)
{
    public override string ToString() => string.Join(' ', Words.Select(word => $"{word:x8}"));
}
