// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

/// <summary>One call of a DRBG's interface: what goes in, and what has to come out.</summary>
internal sealed record DrbgCall
{
    private DrbgCall(DrbgVerb verb, byte[] entropy, byte[] nonce, byte[] data, int bytes, string? expectedHex) =>
        (Verb, Entropy, Nonce, Data, Bytes, Expected) =
        (verb, entropy, nonce, data, bytes, expectedHex is null ? null : Convert.FromHexString(expectedHex));

    public DrbgVerb Verb { get; }

    public byte[] Entropy { get; private init; }

    public byte[] Nonce { get; private init; }

    /// <summary>Personalization string or additional input.</summary>
    public byte[] Data { get; private init; }

    /// <summary>Bytes to generate.</summary>
    public int Bytes { get; }

    /// <summary>What is to be generated, null where nothing is known of it.</summary>
    public byte[]? Expected { get; private init; }

    public static DrbgCall Instantiate(byte[] entropy, byte[] nonce, byte[] personalization) =>
        new(DrbgVerb.Instantiate, entropy, nonce, personalization, 0, null);

    public static DrbgCall Reseed(byte[] entropy, byte[] additionalInput) =>
        new(DrbgVerb.Reseed, entropy, [], additionalInput, 0, null);

    public static DrbgCall Generate(int bytes, byte[] additionalInput) =>
        new(DrbgVerb.Generate, [], [], additionalInput, bytes, null);

    /// <summary>Expects output.</summary>
    public static DrbgCall Generate(byte[] additionalInput, string expectedHex) =>
        new(DrbgVerb.Generate, [], [], additionalInput, expectedHex.Length / 2, expectedHex);

    /// <summary>The same calls with one bit of one input changed, for each input there is.</summary>
    public IEnumerable<DrbgCall> WithChangedInput()
    {
        if (Entropy.Length > 0)
        {
            yield return this with { Entropy = KnownAnswer.Changed(Entropy) };
        }

        if (Nonce.Length > 0)
        {
            yield return this with { Nonce = KnownAnswer.Changed(Nonce) };
        }

        if (Data.Length > 0)
        {
            yield return this with { Data = KnownAnswer.Changed(Data) };
        }
    }

    /// <summary>The same call with inputs for a DRBG that takes that many bytes and no nonce.</summary>
    public DrbgCall Cut(int seedBytes)
    {
        byte[] entropy = [.. Entropy];
        Array.Resize(ref entropy, Entropy.Length > 0 ? seedBytes : 0);
        return this with { Entropy = entropy, Nonce = [], Data = Data[..Math.Min(Data.Length, seedBytes)] };
    }

    /// <summary>The same call that expects another bit.</summary>
    public DrbgCall WithChangedExpectation() => this with { Expected = KnownAnswer.Changed(Expected!) };

    /// <summary>Makes the call.</summary>
    /// <returns>What was generated.</returns>
    public byte[] Apply(Drbg drbg)
    {
        byte[] output = new byte[Bytes];
        switch (Verb)
        {
            case DrbgVerb.Instantiate:
                drbg.Instantiate(Entropy, Nonce, Data);
                break;
            case DrbgVerb.Reseed:
                drbg.Reseed(Entropy, Data);
                break;
            default:
                drbg.Generate(output, Data);
                break;
        }

        return output;
    }

    public override string ToString() => $"{Verb} {Entropy.Length}+{Nonce.Length}+{Data.Length} -> {Bytes}";
}
