// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LrngEngine.Tests.Crypto;

namespace LrngCuse.Tests.Acvp;

/// <summary>DRBG tests against BouncyCastle: with and without prediction resistance, reseeds and inputs, for any number of bits.</summary>
[TestFixture]
internal sealed class DrbgAnswerTests
{
    private static readonly string[] s_modes =
        ["ctr-aes256", "hash-sha256", "hash-sha384", "hash-sha512", "hmac-sha256", "hmac-sha384", "hmac-sha512"];

    [Test]
    [Combinatorial]
    public void Answers_agree(
        [ValueSource(nameof(s_modes))] string drbg,
        [Values] bool predictionResistance,
        [Values] bool reseeds,
        [Values(0, 40)] int inputBytes,
        [Values(8, 1001, 4096)] int bits)
    {
        JsonObject group = Group(drbg, predictionResistance, inputBytes, bits);
        byte[] answer = Convert.FromHexString(
            Answers.ToTests(AlgorithmOf(drbg), group, Test(predictionResistance, reseeds, inputBytes))[0]["returnedBits"]!.GetValue<string>());
        byte[] expected = Expected(drbg, predictionResistance, reseeds, inputBytes, bits);
        Assert.That(answer, Is.EqualTo(expected));
    }

    // The draft's examples name the mode once for all groups.
    [Test]
    public void The_mode_may_stand_at_the_set()
    {
        JsonObject group = Group("hash-sha512", predictionResistance: false, 0, 4096);
        _ = group.Remove("mode");
        group["tgId"] = 1;
        JsonObject test = Test(predictionResistance: false, reseeds: false, 0);
        test["tcId"] = 1;
        group["tests"] = new JsonArray(test);
        JsonObject set = Answers.Set("hashDRBG", group);
        set["mode"] = "SHA2-512";
        string answer = Answers.To(set)["testGroups"]![0]!["tests"]![0]!["returnedBits"]!.GetValue<string>();
        Assert.That(Convert.FromHexString(answer), Is.EqualTo(Expected("hash-sha512", false, false, 0, 4096)));
    }

    private static string AlgorithmOf(string drbg) => $"{drbg.Split('-')[0]}DRBG";

    private static JsonObject Group(string drbg, bool predictionResistance, int inputBytes, int bits) => new()
    {
        ["testType"] = "AFT",
        ["derFunc"] = drbg == "ctr-aes256",
        ["predResistance"] = predictionResistance,
        ["entropyInputLen"] = 384,
        ["nonceLen"] = 128,
        ["persoStringLen"] = inputBytes * 8,
        ["additionalInputLen"] = inputBytes * 8,
        ["returnedBitsLen"] = bits,
        ["mode"] = drbg == "ctr-aes256" ? "AES-256" : $"SHA2-{drbg[^3..]}",
    };

    private static JsonObject Test(bool predictionResistance, bool reseeds, int inputBytes)
    {
        var others = new JsonArray();
        if (reseeds)
        {
            others.Add(Other("reSeed", Bytes("reseed", 48), Bytes("with reseed", inputBytes)));
        }

        foreach (string name in (string[])["first", "second"])
        {
            others.Add(Other("generate", Bytes(name, predictionResistance ? 48 : 0), Bytes("with " + name, inputBytes)));
        }

        return new JsonObject
        {
            ["entropyInput"] = Convert.ToHexString(Bytes("entropy", 48)),
            ["nonce"] = Convert.ToHexString(Bytes("nonce", 16)),
            ["persoString"] = Convert.ToHexString(Bytes("personalization", inputBytes)),
            ["otherInput"] = others,
        };
    }

    private static JsonObject Other(string use, byte[] entropy, byte[] additional) => new()
    {
        ["intendedUse"] = use,
        ["entropyInput"] = Convert.ToHexString(entropy),
        ["additionalInput"] = Convert.ToHexString(additional),
    };

    private static byte[] Expected(string drbg, bool predictionResistance, bool reseeds, int inputBytes, int bits)
    {
        using var oracle = new BouncyCastleDrbg(drbg);
        _ = oracle.Apply(DrbgCall.Instantiate(Bytes("entropy", 48), Bytes("nonce", 16), Bytes("personalization", inputBytes)));
        if (reseeds)
        {
            _ = oracle.Apply(DrbgCall.Reseed(Bytes("reseed", 48), Bytes("with reseed", inputBytes)));
        }

        byte[] output = [];
        foreach (string name in (string[])["first", "second"])
        {
            byte[] additional = Bytes("with " + name, inputBytes);
            if (predictionResistance)
            {
                _ = oracle.Apply(DrbgCall.Reseed(Bytes(name, 48), additional));
                additional = [];
            }

            output = oracle.Apply(DrbgCall.Generate((bits + 7) / 8, additional));
        }

        output[^1] &= (byte)(0xff << ((8 - (bits % 8)) % 8));
        return output;
    }

    private static byte[] Bytes(string name, int bytes) =>
        [.. Enumerable.Range(0, (bytes + 31) / 32).SelectMany(block => SHA256.HashData([.. name.Select(c => (byte)c), (byte)block])).Take(bytes)];
}
