// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Crypto;

/// <summary>
/// A generator that a program brings along: of another library, of a device. <see cref="ExternalDrng"/> makes a DRNG of it. Calls
/// of one instance come one at a time, from any thread.
/// </summary>
public interface IExternalGenerator : IDisposable
{
    /// <summary>Mixes a seed into the state. It must never replace the state: not every seed carries entropy.</summary>
    /// <param name="seed">As many bytes as were asked for, or any number of them, at least one, where no size was given.</param>
    void Seed(ReadOnlySpan<byte> seed);

    /// <summary>Fills <paramref name="output"/>, at least one byte, and then updates the state, so that the output cannot be computed
    /// from what is left.</summary>
    void Generate(Span<byte> output);
}
