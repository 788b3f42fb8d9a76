// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Crypto;

/// <summary>
/// A deterministic random number generator mechanism: state, seeding and generation, nothing else. Not synchronised; the
/// instance that owns it (see the Drng room) serialises the calls and counts them.
/// </summary>
public abstract class Drng : IDisposable
{
    /// <summary>The name that the status shows, for example "ChaCha20 DRNG".</summary>
    public abstract string Name { get; }

    /// <summary>Security strength in bits.</summary>
    public abstract int SecurityStrengthBits { get; }

    /// <summary>Mixes seed material of any length into the state. Empty input changes nothing.</summary>
    /// <param name="seed">What is credited: the entropy input of SP 800-90A 9.1 and 9.2.</param>
    /// <param name="additionalInput">What is not: mixed in as well, without being relied upon.</param>
    public abstract void Seed(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> additionalInput = default);

    /// <summary>Fills <paramref name="output"/> and then updates the state, so that the output cannot be computed from
    /// what is left (backtracking resistance). Empty output without additional input changes nothing.</summary>
    /// <param name="output">Bytes wanted.</param>
    /// <param name="additionalInput">Mixed into the state before (SP 800-90A 9.3), without being relied upon.</param>
    public abstract void Generate(Span<byte> output, ReadOnlySpan<byte> additionalInput = default);

    /// <summary>Wipes the state.</summary>
    public abstract void Dispose();
}
