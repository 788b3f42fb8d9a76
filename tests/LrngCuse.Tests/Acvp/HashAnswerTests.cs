// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LrngEngine.Tests.Crypto;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace LrngCuse.Tests.Acvp;

/// <summary>Digests of messages of any length against BouncyCastle and the examples of NIST.</summary>
[TestFixture]
internal sealed class HashAnswerTests
{
    private static readonly string[] s_names = ["SHA2-256", "SHA2-384", "SHA2-512", "SHA3-256", "SHA3-512"];

    [TestCaseSource(nameof(s_names))]
    public void Messages_of_bytes(string name)
    {
        byte[][] messages = [.. Enumerable.Range(0, 300).Select(Message)];
        JsonObject[] answers = Answers.ToTests(name, Group("AFT"), [.. messages.Select(message => Test(message, message.Length * 8))]);
        for (int index = 0; index < messages.Length; index++)
        {
            Assert.That(Digest(answers[index]), Is.EqualTo(Expected(name, messages[index])), $"{index} bytes");
        }
    }

    // The server's sets have the last bits at the upper end of the byte, whatever the draft for SHA-3 shows; the hash takes them
    // from the lower end.
    [TestCase("SHA3-256")]
    [TestCase("SHA3-512")]
    public void Messages_that_end_within_a_byte_for_SHA_3(string name)
    {
        int[] lengths = [.. Enumerable.Range(1, 1200).Where(bits => bits % 8 != 0)];
        byte[][] messages = [.. lengths.Select(bits => Cut(Message((bits + 7) / 8), bits))];
        JsonObject[] answers = Answers.ToTests(name, Group("AFT"), [.. messages.Zip(lengths, Test)]);
        for (int index = 0; index < lengths.Length; index++)
        {
            int rest = lengths[index] % 8;
            byte[] message = messages[index];
            byte[] expected = new PartialSha3Digest(int.Parse(name[5..], null)).Digest(message[..^1], (byte)(message[^1] >> (8 - rest)), rest);
            Assert.That(Digest(answers[index]), Is.EqualTo(expected), $"{lengths[index]} bits");
        }
    }

    // NIST, SHAVS, bit-oriented short messages, Len = 5.
    [TestCase("SHA2-256", "68", "D6D3E02A31A84A8CAA9718ED6C2057BE09DB45E7823EB5079CE7A573A3760F95")]
    [TestCase("SHA2-384", "10", "8D17BE79E32B6718E07D8A603EB84BA0478F7FCFD1BB93995F7D1149E09143AC1FFCFC56820E469F3878D957A15A3FE4")]
    [TestCase(
        "SHA2-512",
        "B0",
        "D4EE29A9E90985446B913CF1D1376C836F4BE2C1CF3CADA0720A6BF4857D886A7ECB3C4E4C0FA8C7F95214E41DC1B0D21B22A84CC03BF8CE4845F34DD5BDBAD4")]
    public void A_message_of_five_bits_for_SHA_2(string name, string message, string digest)
    {
        JsonObject test = Answers.ToTests(name, Group("AFT"), new JsonObject { ["msg"] = message, ["len"] = 5 })[0];
        Assert.That(test["md"]!.GetValue<string>(), Is.EqualTo(digest));
    }

    [TestCaseSource(nameof(s_names))]
    public void An_empty_message_may_have_a_byte_of_zeros(string name)
    {
        JsonObject test = Answers.ToTests(name, Group("AFT"), new JsonObject { ["msg"] = "00", ["len"] = 0 })[0];
        Assert.That(Digest(test), Is.EqualTo(Expected(name, [])));
    }

    // The contents are joined bit by bit; the lengths are around the pieces in which they are hashed.
    [TestCase(64, 8L * ((3 << 20) + 5))]
    [TestCase(24, 8L * (1 << 20))]
    [TestCase(16, 0)]
    [TestCase(5, 8L * 100_000)]
    [TestCase(13, 8L * ((1 << 20) + 1))]
    public void Large_data(int contentBits, long bits)
    {
        byte[] content = Cut(Message((contentBits + 7) / 8), contentBits);
        byte[] message = new byte[bits / 8];
        for (long bit = 0; bit < bits; bit++)
        {
            int from = (int)(bit % contentBits);
            message[bit / 8] |= (byte)(((content[from / 8] >> (7 - (from % 8))) & 1) << (int)(7 - (bit % 8)));
        }

        JsonObject large = new()
        {
            ["largeMsg"] = new JsonObject
            {
                ["content"] = Convert.ToHexString(content),
                ["contentLength"] = contentBits,
                ["fullLength"] = bits,
                ["expansionTechnique"] = "repeating",
            },
        };
        foreach (string name in s_names)
        {
            JsonObject test = Answers.ToTests(name, Group("LDT"), large.DeepClone().AsObject())[0];
            Assert.That(Digest(test), Is.EqualTo(Expected(name, message)), name);
        }
    }

    // As the drafts have it: three last digests for SHA-2, one for SHA-3; the seed again after a thousand.
    [TestCase("SHA2-384", "standard", 48)]
    [TestCase("SHA2-512", "alternate", 100)]
    [TestCase("SHA2-256", "alternate", 150)]
    [TestCase("SHA3-256", "standard", 32)]
    [TestCase("SHA3-256", "alternate", 20)]
    [TestCase("SHA3-512", "alternate", 200)]
    public void Monte_Carlo(string name, string version, int seedBytes)
    {
        byte[] seed = Message(seedBytes);
        JsonObject group = Group("MCT");
        group["mctVersion"] = version;
        JsonArray results = Answers.ToTests(name, group, Test(seed, seedBytes * 8))[0]["resultsArray"]!.AsArray();
        Assert.That(results, Has.Count.EqualTo(100));
        foreach (JsonNode? result in results)
        {
            byte[][] last = [.. Enumerable.Repeat(seed, name.StartsWith("SHA2", StringComparison.Ordinal) ? 3 : 1)];
            for (int round = 0; round < 1000; round++)
            {
                byte[] message = [.. last.SelectMany(part => part)];
                if (version == "alternate")
                {
                    Array.Resize(ref message, seedBytes);
                }

                last = [.. last.Skip(1), Expected(name, message)];
            }

            seed = last[^1];
            Assert.That(Digest(result!.AsObject()), Is.EqualTo(seed));
        }
    }

    private static JsonObject Group(string testType) => new() { ["testType"] = testType };

    private static JsonObject Test(byte[] message, int bits) => new() { ["msg"] = Convert.ToHexString(message), ["len"] = bits };

    private static byte[] Digest(JsonObject test) => Convert.FromHexString(test["md"]!.GetValue<string>());

    // Bytes without a pattern, the same in each run.
    private static byte[] Message(int bytes) =>
        [.. Enumerable.Range(0, (bytes + 31) / 32).SelectMany(block => SHA256.HashData([(byte)bytes, (byte)block])).Take(bytes)];

    private static byte[] Cut(byte[] message, int bits)
    {
        message[^1] &= (byte)(0xff << ((8 - (bits % 8)) % 8));
        return message;
    }

    private static byte[] Expected(string name, byte[] message)
    {
        IDigest digest = name switch
        {
            "SHA2-256" => new Sha256Digest(),
            "SHA2-384" => new Sha384Digest(),
            "SHA2-512" => new Sha512Digest(),
            _ => new Sha3Digest(int.Parse(name[5..], null)),
        };
        digest.BlockUpdate(message, 0, message.Length);
        byte[] output = new byte[digest.GetDigestSize()];
        _ = digest.DoFinal(output, 0);
        return output;
    }
}
