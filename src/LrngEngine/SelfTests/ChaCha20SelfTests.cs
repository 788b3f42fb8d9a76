// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.SelfTests;

/// <summary>Known answers of LRNG's ChaCha20 DRNG: the three of LRNG's self-test, which are of one block each, and a long request,
/// for which a kernel of several blocks at once is needed.</summary>
internal static class ChaCha20SelfTests
{
    private const int DigestBytes = 32;

    internal static IEnumerable<KnownAnswerTest> Of(DrngFactory factory, string name) =>
    [
        Of(factory, name, seedBytes: 0, "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"),
        Of(
            factory,
            name,
            seedBytes: 64,
            "e3b08acc34c3170ec3d8c340e773e90dd162a35d7df2f14a2442b71eb0051707"
            + "b93510698b46fb51e9913f46f24dead081c11ba95d52915fcddcc6d6c37c5023"),
        Of(factory, name, seedBytes: 36, "9cfc5e3121621185d377d3690fa81655b44cf652f3a837993876a066ecbbcea99c95a1fd"),
        OfLongOutput(factory, name),
    ];

    private static KnownAnswerTest Of(DrngFactory factory, string name, int seedBytes, string output) => new(
        SelfTestAreas.Drng,
        $"{name}, {seedBytes} bytes of seed",
        DrngKnownAnswer.Run(0, seedBytes),
        Convert.FromHexString(output),
        (arena, input, answer) =>
        {
            using Crypto.Drng drng = factory.Create(arena);
            drng.Seed(input);
            drng.Generate(answer);
        });

    // After requests of every kind of length 4096 bytes, of which the SHA-256 is compared. Computed with a model and confirmed
    // against the reference implementation, chacha20_drng.c.
    private static KnownAnswerTest OfLongOutput(DrngFactory factory, string name) => new(
        SelfTestAreas.Drng,
        $"{name}, long output",
        DrngKnownAnswer.Run(0, 32),
        Convert.FromHexString("c1d7dfdfcad363819c28f1b71c09f3e278c348bb6814f12141090eea2e37fa90"),
        (arena, input, answer) =>
        {
            using Crypto.Drng drng = factory.Create(arena);
            byte[] output = new byte[4096];
            drng.Seed(input);
            foreach (int bytes in (ReadOnlySpan<int>)[1, 16, 31, 32, 33, 63, 64, 65, 128, output.Length])
            {
                drng.Generate(output.AsSpan(0, bytes));
            }

            using var hash = new Sha256Hash(arena);
            hash.Update(output);
            hash.Finish(answer[..DigestBytes]);
        });
}
