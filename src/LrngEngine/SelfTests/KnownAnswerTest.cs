// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;

namespace LrngEngine.SelfTests;

/// <summary>
/// A known-answer test that carries its two negative twins: with a bit of the expectation changed the comparison has to fail, and
/// with a bit of the input changed the answer has to be another one. A comparison that accepts everything, or a part that gives a
/// stored answer, would pass the first alone.
/// </summary>
internal sealed class KnownAnswerTest
{
    // The largest is CTR_DRBG with AES in portable code, 2.5 KiB.
    private const int ArenaBytes = 8 * 1024;

    private readonly byte[] _input;
    private readonly byte[] _expected;
    private readonly SelfTestComputation _compute;

    /// <param name="area">The bit of the status word.</param>
    /// <param name="name">For the log: what is tested, with which input.</param>
    /// <param name="input">Any bytes, or none.</param>
    /// <param name="expected">The answer.</param>
    /// <param name="compute">The part under test.</param>
    internal KnownAnswerTest(SelfTestAreas area, string name, byte[] input, byte[] expected, SelfTestComputation compute)
    {
        Area = area;
        Name = name;
        _input = input;
        _expected = expected;
        _compute = compute;
    }

    internal SelfTestAreas Area { get; }

    internal string Name { get; }

    /// <summary>Runs the test and its twins.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    /// <exception cref="InvalidOperationException">There is no memory: that says nothing about the part under test.</exception>
    internal string? Run()
    {
        using var arena = new SecretArena(ArenaBytes, new UnlockedMemoryCalls());
        try
        {
            return Check(arena);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }

    private string? Check(SecretArena arena)
    {
        byte[] answer = new byte[_expected.Length];
        _compute(arena, _input, answer);
        if (!answer.AsSpan().SequenceEqual(_expected))
        {
            return "wrong answer";
        }

        if (answer.AsSpan().SequenceEqual(Changed(_expected)))
        {
            return "a changed expectation is accepted";
        }

        _compute(arena, Changed(_input), answer);
        return answer.AsSpan().SequenceEqual(_expected) ? "a changed input gives the same answer" : null;
    }

    // The lowest bit of the last byte; of no bytes, one.
    private static byte[] Changed(byte[] bytes)
    {
        byte[] changed = bytes.Length == 0 ? [0] : [.. bytes];
        changed[^1] ^= 1;
        return changed;
    }
}
