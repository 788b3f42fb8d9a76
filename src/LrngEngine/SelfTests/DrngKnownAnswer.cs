// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.SelfTests;

/// <summary>
/// The known answer of a DRBG in the course of NIST's examples "prediction resistance, personalization and additional input", after
/// which a longer request with additional input follows, so that kernels for several blocks at once have their turn:
/// </summary>
/// <remarks>
/// <code>
///     entropy input  00 01 ..    nonce 20 .. 2f    personalization 40 41 ..
///     entropy input  80 81 ..    additional input 60 61 ..    output, not looked at
///     entropy input  c0 c1 ..    additional input a0 a1 ..    output: the published one
///                                additional input e0 e1 ..    output of 1040 bytes: its SHA-256
/// </code>
/// </remarks>
/// <param name="InputBytes">Length of every input but the nonce.</param>
/// <param name="Output">The published output, in hexadecimal.</param>
/// <param name="LongOutputDigest">SHA-256 of the long output.</param>
internal sealed record DrngKnownAnswer(int InputBytes, string Output, string LongOutputDigest)
{
    // More than a group of AES blocks, more than the lanes of any Hashgen kernel give at once, and not a multiple of them.
    private const int LongBytes = 1040;
    private const int NonceBytes = 16;
    private const int DigestBytes = 32;

    internal KnownAnswerTest TestOf(DrngFactory factory, string name) => new(
        SelfTestAreas.Drng,
        name,
        [.. Run(0x00, InputBytes), .. Run(0x20, NonceBytes)],
        Convert.FromHexString(Output + LongOutputDigest),
        (arena, input, answer) =>
        {
            using Crypto.Drng drng = factory.Create(arena);
            Span<byte> output = answer[..^DigestBytes];
            drng.Seed(input, Run(0x40, InputBytes));
            drng.Seed(Run(0x80, InputBytes), Run(0x60, InputBytes));
            drng.Generate(output);
            drng.Seed(Run(0xc0, InputBytes), Run(0xa0, InputBytes));
            drng.Generate(output);

            byte[] longOutput = new byte[LongBytes];
            drng.Generate(longOutput, Run(0xe0, InputBytes));
            using var hash = new Sha256Hash(arena);
            hash.Update(longOutput);
            hash.Finish(answer[^DigestBytes..]);
        });

    /// <summary>Consecutive bytes modulo 256.</summary>
    internal static byte[] Run(int first, int bytes)
    {
        byte[] run = new byte[bytes];
        for (int i = 0; i < bytes; i++)
        {
            run[i] = (byte)(first + i);
        }

        return run;
    }
}
