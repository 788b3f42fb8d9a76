// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.Json;
using LrngEngine.Memory;
using LrngEngine.SelfTests;

namespace LrngCuse.Acvp;

/// <summary>One test of a group, checked. A closed family: <see cref="DrbgTest"/>, <see cref="DigestTest"/>,
/// <see cref="MonteCarloTest"/>, <see cref="LargeDataTest"/>.</summary>
internal abstract class VectorTest
{
    // A DRBG takes 2.5 KiB at most.
    private const int ArenaBytes = 8 * 1024;

    private protected VectorTest(int id) => Id = id;

    /// <summary>Its number in the set.</summary>
    internal int Id { get; }

    /// <summary>Computes the answer and writes it as fields of an object.</summary>
    /// <param name="response">Inside of the object of this test.</param>
    /// <param name="stop">Asked from time to time; ends the computation if it is true.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was true.</exception>
    internal void Answer(Utf8JsonWriter response, Func<bool> stop)
    {
        // Test data are no secret: they need not take from the limit of locked memory.
        using var arena = new SecretArena(ArenaBytes, new UnlockedMemoryCalls());
        AnswerCore(response, arena, stop);
    }

    private protected abstract void AnswerCore(Utf8JsonWriter response, SecretArena arena, Func<bool> stop);

    private protected static void Continue(Func<bool> stop)
    {
        if (stop())
        {
            throw new OperationCanceledException();
        }
    }
}
