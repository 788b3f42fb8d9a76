// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;
using System.Text.Json.Nodes;
using LrngCuse.Acvp;

namespace LrngCuse.Tests.Acvp;

/// <summary>A group that cannot be answered is left out with a reason; the others are answered.</summary>
[TestFixture]
internal sealed class UnofferedGroupTests
{
    private const string Aft = """{"tgId":1,"testType":"AFT","tests":[{"tcId":1,"msg":"616263","len":24}]}""";

    [TestCase("SHA2-256", "1.0", """{"tgId":2,"testType":"VOT"}""", "SHA2-256 with test type VOT is not offered (offered: AFT, MCT, LDT)")]
    [TestCase("SHA3-256", "2.0", """{"tgId":2,"testType":"MCT","mctVersion":"x"}""", "SHA3-256 with mctVersion x is not offered (offered: standard, alternate)")]
    public void Beside_one_that_is_answered(string algorithm, string revision, string group, string reason)
    {
        VectorSet set = Parse(algorithm, revision, Aft, group);
        Assert.That(set.Groups.Select(one => one.Refusal), Is.EqualTo([null, reason]));
        var response = JsonNode.Parse(VectorResponse.Of(set, (_, _, _) => { }, () => false).Span);
        Assert.That(response!["testGroups"]!.AsArray().Select(one => one!["tgId"]!.GetValue<int>()), Is.EqualTo([1]));
    }

    [TestCase("ctrDRBG", "\"mode\":\"AES-128\",\"derFunc\":true", "ctrDRBG with AES-128 is not offered (offered: AES-256)")]
    [TestCase("hashDRBG", "\"mode\":\"SHA-1\"", "hashDRBG with SHA-1 is not offered (offered: SHA2-256, SHA2-384, SHA2-512, SHA3-512)")]
    [TestCase("hmacDRBG", "\"mode\":\"SHA3-256\"", "hmacDRBG with SHA3-256 is not offered (offered: SHA2-256, SHA2-384, SHA2-512, SHA3-512)")]
    [TestCase("hmacDRBG", "\"mode\":\"SHA2-256\",\"testType\":\"LDT\"", "hmacDRBG with test type LDT is not offered (offered: AFT)")]
    [TestCase("hashDRBG", "\"mode\":\"SHA2-256\",\"entropyInputLen\":128", "hashDRBG with SHA2-256 and entropyInputLen 128 is not offered (offered: 256 to 4294967296)")]
    [TestCase("hashDRBG", "\"mode\":\"SHA2-256\",\"nonceLen\":129", "hashDRBG with SHA2-256 and nonceLen 129 is not offered (offered: whole bytes)")]
    [TestCase("ctrDRBG", "\"mode\":\"AES-256\",\"derFunc\":false,\"entropyInputLen\":256", "ctrDRBG with AES-256 and entropyInputLen 256 is not offered (offered: 384 to 384)")]
    [TestCase("ctrDRBG", "\"mode\":\"AES-256\",\"derFunc\":false,\"persoStringLen\":392", "ctrDRBG with AES-256 and persoStringLen 392 is not offered (offered: 0 to 384)")]
    public void Of_a_DRBG(string algorithm, string fields, string reason)
    {
        VectorSet set = Parse(
            algorithm, "1.0", $$"""{"tgId":4,"predResistance":false,"returnedBitsLen":8,{{fields}},"tests":[]}""");
        Assert.That(set.Groups.Single().Refusal, Is.EqualTo(reason));
    }

    [TestCase("SHA2-256", "3.0", "revision 3.0 of SHA2-256 is not offered (offered: 1.0)")]
    [TestCase("SHA3-256", "3.0", "revision 3.0 of SHA3-256 is not offered (offered: 1.0, 2.0)")]
    [TestCase(
        "SHAKE-128",
        "1.0",
        "SHAKE-128 is not offered (offered: ctrDRBG, hashDRBG, hmacDRBG, SHA2-256, SHA2-384, SHA2-512, SHA3-256, SHA3-512)")]
    public void Of_a_whole_set(string algorithm, string revision, string reason)
    {
        VectorSet set = Parse(algorithm, revision, Aft, Aft.Replace("\"tgId\":1", "\"tgId\":2", StringComparison.Ordinal));
        Assert.That(set.Groups.Select(group => group.Refusal), Is.EqualTo([reason, reason]));
    }

    private static VectorSet Parse(string algorithm, string revision, params string[] groups) => PromptFile.Parse(
        Encoding.UTF8.GetBytes($$"""{"vsId":1,"algorithm":"{{algorithm}}","revision":"{{revision}}","testGroups":[{{string.Join(',', groups)}}]}"""),
        "prompt.json");
}
