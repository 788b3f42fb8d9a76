// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;
using LrngCuse.Acvp;

namespace LrngCuse.Tests.Acvp;

/// <summary>What is no prompt is one error that says where, what is wrong and what is accepted.</summary>
[TestFixture]
internal sealed class MalformedPromptTests
{
    private const string Hash = """{"vsId":1,"algorithm":"SHA2-256","revision":"1.0","testGroups":[{"tgId":3,"testType":"AFT","tests":[{"tcId":17,"""
        + "FIELDS}]}]}";

    private const string Drbg = """
        {"vsId":1,"algorithm":"ctrDRBG","revision":"1.0","testGroups":[{"tgId":3,"mode":"AES-256","derFunc":true,"predResistance":false,
        "entropyInputLen":256,"returnedBitsLen":128,GROUP"tests":[{"tcId":17,TEST"otherInput":[{"intendedUse":"generate"OTHER}]}]}]}
        """;

    private static readonly string s_entropy = new('0', 64);

    [TestCase("", "line 1, byte 1")]
    [TestCase("{\n  \"vsId\": x}", "line 2, byte 11")]
    [TestCase("{\"vsId\": 1", "line 1, byte 11")]
    [TestCase("{} {}", "line 1, byte 4")]
    [TestCase("7", "$ is a number")]
    [TestCase("[]", "$ is an array of 0")]
    [TestCase("[{},{}]", "$[0].acvVersion is missing")]
    [TestCase("[{\"acvVersion\":1},{}]", "$[0].acvVersion is a number")]
    [TestCase("[{\"acvVersion\":\"1.0\"},[]]", "$[1] is an array")]
    [TestCase("{}", "$.vsId is missing")]
    [TestCase("{\"vsId\":1,\"vsId\":1}", "$ has 'vsId' twice")]
    [TestCase("{\"vsId\":-1}", "$.vsId is '-1'")]
    [TestCase("{\"vsId\":1.5}", "$.vsId is '1.5'")]
    [TestCase("{\"vsId\":1e999}", "$.vsId is '1e999'")]
    [TestCase("{\"vsId\":1,\"algorithm\":null}", "$.algorithm is missing")]
    [TestCase("{\"vsId\":1,\"algorithm\":\"\\ud800\"}", "$.algorithm is no text")]
    [TestCase("{\"vsId\":1,\"\\ud800\":1}", "$ has a field whose name is no text")]
    [TestCase("{\"vsId\":1,\"algorithm\":\"SHA2-256\"}", "$.testGroups is missing")]
    [TestCase("{\"vsId\":1,\"algorithm\":\"SHA2-256\",\"testGroups\":[]}", "$.testGroups is empty")]
    [TestCase("{\"vsId\":1,\"algorithm\":\"SHA2-256\",\"testGroups\":[7]}", "$.testGroups[0] is a number")]
    [TestCase("{\"vsId\":1,\"algorithm\":\"SHA2-256\",\"isSample\":0,\"testGroups\":[]}", "$.isSample is a number")]
    [TestCase("{\"vsId\":1,\"algorithm\":\"x\",\"testGroups\":[{\"tgId\":2},{\"tgId\":2}]}", "$.testGroups[1].tgId is 2 for the second time")]
    public void Of_the_whole(string json, string problem) => Expect(json, problem);

    [TestCase("\"len\":8", "tests[0].msg (group 3, test 17) is missing")]
    [TestCase("\"msg\":\"00\"", "len (group 3, test 17) is missing")]
    [TestCase("\"msg\":\"000\",\"len\":8", "msg (group 3, test 17) has 3 digits")]
    [TestCase("\"msg\":\"00zz\",\"len\":16", "msg (group 3, test 17) has 'zz' at digit 3")]
    [TestCase("\"msg\":\"0000\",\"len\":8", "msg (group 3, test 17) has 2 bytes")]
    [TestCase("\"msg\":\"\",\"len\":8", "has 0 bytes")]
    [TestCase("\"msg\":\"0000\",\"len\":0", "has 2 bytes")]
    [TestCase("\"msg\":\"ff\",\"len\":7", "has ones beyond its 7 bits")]
    [TestCase("\"msg\":\"01\",\"len\":1", "has ones beyond its 1 bits")]
    [TestCase("\"msg\":8,\"len\":8", "msg (group 3, test 17) is a number")]
    [TestCase("\"msg\":\"00\",\"len\":99999999999999999999", "len (group 3, test 17) is '99999999999999999999'")]
    public void Of_a_hash_test(string fields, string problem) =>
        Expect(Hash.Replace("FIELDS", fields, StringComparison.Ordinal), problem);

    [TestCase("\"content\":\"DE\",\"contentLength\":8,\"fullLength\":16,\"expansionTechnique\":\"mirroring\"", "expansionTechnique (group 3, test 17) is 'mirroring'")]
    [TestCase("\"content\":\"\",\"contentLength\":0,\"fullLength\":16,\"expansionTechnique\":\"repeating\"", "contentLength (group 3, test 17) is '0'")]
    [TestCase("\"content\":\"DE\",\"contentLength\":8,\"fullLength\":1099511627777,\"expansionTechnique\":\"repeating\"", "fullLength (group 3, test 17) is")]
    [TestCase("\"content\":\"DE\",\"contentLength\":65537,\"fullLength\":16,\"expansionTechnique\":\"repeating\"", "contentLength (group 3, test 17) is '65537'")]
    [TestCase("\"content\":\"DE\",\"contentLength\":16,\"fullLength\":16,\"expansionTechnique\":\"repeating\"", "content (group 3, test 17) has 1 bytes")]
    public void Of_a_large_data_test(string fields, string problem) => Expect(
        Hash.Replace("AFT", "LDT", StringComparison.Ordinal).Replace("FIELDS", $"\"largeMsg\":{{{fields}}}", StringComparison.Ordinal), problem);

    [Test]
    public void Of_a_Monte_Carlo_test()
    {
        string set = Hash.Replace("AFT", "MCT", StringComparison.Ordinal);
        Expect(set.Replace("FIELDS", "\"msg\":\"80\",\"len\":1", StringComparison.Ordinal), "len (group 3, test 17) is 1");
        string seed = new('0', 2 * 8193);
        Expect(set.Replace("FIELDS", $"\"msg\":\"{seed}\",\"len\":65544", StringComparison.Ordinal), "is '65544'");
    }

    [TestCase("\"returnedBitsLen\":128,", "", "", "has 'returnedBitsLen' twice")]
    [TestCase("", "", "", "$.testGroups[0].tests[0].entropyInput (group 3, test 17) has 0 bits")]
    [TestCase("", "ENTROPY\"nonce\":\"0\",", "", "nonce (group 3, test 17) has 1 digits")]
    [TestCase("\"nonceLen\":128,", "ENTROPY\"nonce\":\"00\",", "", "nonce (group 3, test 17) has 8 bits")]
    [TestCase("\"persoStringLen\":8,", "ENTROPY", "", "persoString (group 3, test 17) has 0 bits")]
    [TestCase("\"additionalInputLen\":8,", "ENTROPY", "", "otherInput[0].additionalInput (group 3, test 17) has 0 bits")]
    [TestCase("", "ENTROPY", ",\"entropyInput\":\"00\"", "otherInput[0].entropyInput (group 3, test 17) is there")]
    [TestCase("", "ENTROPY", "},{\"intendedUse\":\"forget\"", "otherInput[1].intendedUse (group 3, test 17) is 'forget'")]
    [TestCase("", "ENTROPY", "},{", "otherInput[1].intendedUse (group 3, test 17) is missing")]
    public void Of_a_DRBG_test(string group, string test, string other, string problem) => Expect(Fill(group, test, other), problem);

    [TestCase("\"intendedUse\":\"generate\"", "\"intendedUse\":\"reSeed\",\"entropyInput\":\"E\"", "otherInput (group 3, test 17) generates nothing")]
    [TestCase("\"predResistance\":false,", "", "predResistance (group 3) is missing")]
    [TestCase("\"predResistance\":false,", "\"predResistance\":true,", "otherInput[0].entropyInput (group 3, test 17) has 0 bits")]
    [TestCase("\"derFunc\":true,", "", "derFunc (group 3) is missing")]
    [TestCase("\"derFunc\":true,", "\"derFunc\":\"true\",", "derFunc (group 3) is a string")]
    [TestCase("\"returnedBitsLen\":128,", "\"returnedBitsLen\":524289,", "returnedBitsLen (group 3) is '524289'")]
    [TestCase("\"returnedBitsLen\":128,", "\"returnedBitsLen\":0,", "returnedBitsLen (group 3) is '0'")]
    [TestCase("\"mode\":\"AES-256\",", "", "$.mode is missing")]
    [TestCase("\"entropyInputLen\":256,", "\"entropyInputLen\":-8,", "entropyInputLen (group 3) is '-8'")]
    public void Of_a_DRBG_group(string there, string instead, string problem)
    {
        string set = Fill("", "ENTROPY", "");
        Assert.That(set, Does.Contain(there));
        Expect(set.Replace(there, instead.Replace("\"E\"", $"\"{s_entropy}\"", StringComparison.Ordinal), StringComparison.Ordinal), problem);
    }

    [Test]
    public void Of_deep_nesting() => Expect(new string('[', 100_000), "line 1, byte 33");

    private static string Fill(string group, string test, string other) => Drbg
        .Replace("GROUP", group, StringComparison.Ordinal)
        .Replace("TEST", test.Replace("ENTROPY", $"\"entropyInput\":\"{s_entropy}\",", StringComparison.Ordinal), StringComparison.Ordinal)
        .Replace("OTHER", other, StringComparison.Ordinal);

    private static void Expect(string json, string problem)
    {
        CommandException? error = Assert.Throws<CommandException>(() => PromptFile.Parse(Encoding.UTF8.GetBytes(json), "prompt.json"));
        Assert.That(error!.Message, Does.StartWith("prompt.json").And.Contains(problem));
        Assert.That(error.Hint, Does.StartWith("accepted: "));
        Assert.That(error.ExitCode, Is.EqualTo(ExitCodes.Failed));
    }
}
