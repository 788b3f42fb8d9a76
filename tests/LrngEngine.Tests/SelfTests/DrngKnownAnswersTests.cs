// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using LrngEngine.Crypto;
using LrngEngine.SelfTests;
using LrngEngine.Tests.Crypto;
using static LrngEngine.SelfTests.DrngKnownAnswer;

namespace LrngEngine.Tests.SelfTests;

/// <summary>The answers that the program carries are those of implementations that are not ours.</summary>
[TestFixture]
internal sealed class DrngKnownAnswersTests
{
    private static IEnumerable<string> Drbgs => Drngs.All.Skip(1).Select(drng => drng.Name);

    private static IEnumerable<string> DrbgsWithoutSha3 => Drbgs.Where(drbg => !drbg.Contains("sha3-", StringComparison.Ordinal));

    [TestCaseSource(nameof(Drbgs))]
    public void Openssl_gives_the_same(string drbg)
    {
        using var oracle = new OpenSslDrbg(drbg);
        AssertSame(drbg, oracle);
    }

    // It has no DRBGs with SHA-3.
    [TestCaseSource(nameof(DrbgsWithoutSha3))]
    public void Bouncycastle_gives_the_same(string drbg)
    {
        using var oracle = new BouncyCastleDrbg(drbg);
        AssertSame(drbg, oracle);
    }

    // The last output of the vectors of that name.
    [TestCase("ctr-aes256")]
    [TestCase("hash-sha512")]
    [TestCase("hmac-sha512")]
    public void Outputs_that_nist_published_are_nists(string drbg)
    {
        DrbgVector published = DrbgVectors.All.Single(vector =>
            vector.Drbg == drbg && vector.Name == "NIST example, prediction resistance, personalization and additional input");
        Assert.That(DrngKnownAnswers.Find(drbg)!.Output, Is.EqualTo(Convert.ToHexStringLower(published.Calls[^1].Expected!)));
    }

    private static void AssertSame(string drbg, DrbgOracle oracle)
    {
        DrngKnownAnswer known = DrngKnownAnswers.Find(drbg)!;
        int input = known.InputBytes;
        byte[] noted = new byte[known.Output.Length / 2];
        _ = oracle.Apply(DrbgCall.Instantiate(Run(0, input), Run(0x20, 16), Run(0x40, input)));
        _ = oracle.Apply(DrbgCall.Reseed(Run(0x80, input), Run(0x60, input)));
        _ = oracle.Apply(DrbgCall.Generate(noted.Length, []));
        _ = oracle.Apply(DrbgCall.Reseed(Run(0xc0, input), Run(0xa0, input)));
        byte[] output = oracle.Apply(DrbgCall.Generate(noted.Length, []));
        byte[] longOutput = oracle.Apply(DrbgCall.Generate(1040, Run(0xe0, input)));
        Assert.Multiple(() =>
        {
            Assert.That(known.Output, Is.EqualTo(Convert.ToHexStringLower(output)));
            Assert.That(known.LongOutputDigest, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(longOutput))));
        });
    }
}
