// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Reflection;
using System.Text.Json.Nodes;

namespace LrngCuse.Tests.Acvp;

/// <summary>Extracts of the sets that NIST publishes with its ACVP server (gen-val/json-files), and their expected results.</summary>
[TestFixture]
internal sealed class NistSetTests
{
    private static IEnumerable<string> Names => ["ctrDRBG-1.0", "hashDRBG-1.0", "hmacDRBG-1.0", "SHA2-256-1.0", "SHA3-512-2.0"];

    [TestCaseSource(nameof(Names))]
    public void The_answers_are_those_expected(string name)
    {
        JsonNode expected = Read(name + ".expectedResults.json");
        Assert.That(Same(Answers.To(Read(name + ".prompt.json")), expected), Is.True);
    }

    [Test]
    public void The_form_of_the_protocol_is_kept()
    {
        JsonNode prompt = new JsonArray(new JsonObject { ["acvVersion"] = "1.0" }, Read("ctrDRBG-1.0.prompt.json"));
        JsonNode response = Answers.To(prompt);
        Assert.That(response.AsArray(), Has.Count.EqualTo(2));
        Assert.That(response[0]!.ToJsonString(), Is.EqualTo("""{"acvVersion":"1.0"}"""));
        Assert.That(Same(response[1]!, Read("ctrDRBG-1.0.expectedResults.json")), Is.True);
    }

    [Test]
    public void A_byte_order_mark_is_passed_over()
    {
        string json = Read("ctrDRBG-1.0.prompt.json").ToJsonString();
        JsonNode response = Answers.To([0xef, 0xbb, 0xbf, .. System.Text.Encoding.UTF8.GetBytes(json)]);
        Assert.That(Same(response, Read("ctrDRBG-1.0.expectedResults.json")), Is.True);
    }

    internal static JsonNode Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        return JsonNode.Parse(stream)!;
    }

    // Of a Monte Carlo test the extracts have the last results, each of which depends on all before it.
    private static bool Same(JsonNode answer, JsonNode expected)
    {
        foreach (JsonNode? test in answer["testGroups"]!.AsArray().SelectMany(group => group!["tests"]!.AsArray()))
        {
            if (test!["resultsArray"] is JsonArray results)
            {
                Assert.That(results, Has.Count.EqualTo(100));
                int kept = ResultsOf(expected, test["tcId"]!).Count;
                test["resultsArray"] = new JsonArray([.. results.TakeLast(kept).Select(result => result!.DeepClone())]);
            }
        }

        return JsonNode.DeepEquals(answer, expected);
    }

    private static JsonArray ResultsOf(JsonNode expected, JsonNode id) => expected["testGroups"]!.AsArray()
        .SelectMany(group => group!["tests"]!.AsArray())
        .Single(test => JsonNode.DeepEquals(test!["tcId"], id))!["resultsArray"]!.AsArray();
}
