// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Crypto;

/// <summary>One step of a test vector: an input to give, or an output to expect.</summary>
internal sealed record DrngStep
{
    private DrngStep(string verb, byte[] input, int bytes, string expected) =>
        (Verb, Input, Bytes, Expected) = (verb, input, bytes, expected);

    public string Verb { get; }

    public byte[] Input { get; private init; }

    /// <summary>Bytes to generate.</summary>
    public int Bytes { get; }

    /// <summary>Space-separated facts: hex, or starts:hex, ends:hex, sha256:hex for long output.</summary>
    public string Expected { get; private init; }

    public bool IsInput => Input.Length > 0;

    /// <summary>Starts from key, counter and nonce in 48 bytes, little-endian, as the vectors write them.</summary>
    public static DrngStep Start(string state) => new("start", Bytes48(state), 0, "");

    /// <summary>Seeds the bytes 0, 1, 2, ... modulo 256.</summary>
    public static DrngStep Seed(int bytes) => new("seed", [.. Enumerable.Range(0, bytes).Select(index => (byte)index)], 0, "");

    public static DrngStep Generate(int bytes, string expected) => new("generate", [], bytes, expected);

    /// <summary>Expects key, counter and nonce.</summary>
    public static DrngStep State(string expected) => new("state", [], 0, Convert.ToHexStringLower(Bytes48(expected)));

    /// <summary>Expects counter and nonce, whatever the key.</summary>
    public static DrngStep CounterAndNonce(string expected) =>
        new("counter", [], 0, expected.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>The same step with one bit of what it gives or expects changed.</summary>
    public DrngStep Changed()
    {
        if (IsInput)
        {
            return this with { Input = KnownAnswer.Changed(Input) };
        }

        char last = Expected[^1] == '0' ? '1' : '0';
        return this with { Expected = Expected[..^1] + last };
    }

    private static byte[] Bytes48(string state)
    {
        byte[] bytes = Convert.FromHexString(state.Replace(" ", "", StringComparison.Ordinal));
        Assert.That(bytes, Has.Length.EqualTo(48));
        return bytes;
    }
}
