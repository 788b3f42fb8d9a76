// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.Json.Nodes;
using LrngCuse.Acvp;

namespace LrngCuse.Tests.Acvp;

/// <summary>Responses to prompts, in process.</summary>
internal static class Answers
{
    internal static JsonNode To(JsonNode prompt) => To(System.Text.Encoding.UTF8.GetBytes(prompt.ToJsonString()));

    internal static JsonNode To(byte[] prompt)
    {
        VectorSet set = PromptFile.Parse(prompt, "prompt.json");
        return JsonNode.Parse(VectorResponse.Of(set, (_, _, _) => { }, () => false).Span)!;
    }

    /// <summary>The answers to the tests of a set with one group.</summary>
    internal static JsonObject[] ToTests(string algorithm, JsonObject group, params JsonObject[] tests)
    {
        group["tgId"] = 1;
        group["tests"] = new JsonArray([.. tests.Select((test, index) => Numbered(test, index))]);
        JsonNode response = To(Set(algorithm, group));
        return [.. response["testGroups"]![0]!["tests"]!.AsArray().Select(test => test!.AsObject())];
    }

    internal static JsonObject Set(string algorithm, params JsonObject[] groups) => new()
    {
        ["vsId"] = 7,
        ["algorithm"] = algorithm,
        ["revision"] = "1.0",
        ["testGroups"] = new JsonArray([.. groups]),
    };

    private static JsonObject Numbered(JsonObject test, int index)
    {
        test["tcId"] = index + 1;
        return test;
    }
}
