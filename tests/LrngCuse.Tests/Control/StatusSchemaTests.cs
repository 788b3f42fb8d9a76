// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using LrngCuse.Control;
using LrngEngine.Seeding;
using LrngEngine.Sources;

namespace LrngCuse.Tests.Control;

/// <summary>docs/status.schema.json describes exactly what the program can print. Whether a document is valid by it is seen with
/// real ones, in tests/device/schema.test.</summary>
[TestFixture]
internal sealed class StatusSchemaTests
{
    private static readonly JsonObject s_schema = JsonNode.Parse(File.ReadAllText(Repository.PathOf("docs", "status.schema.json")))!.AsObject();

    private static IEnumerable<TestCaseData> Objects =>
    [
        new TestCaseData(typeof(StatusDocument), s_schema),
        new TestCaseData(typeof(SelfTestDocument), Definition("self_tests")),
        new TestCaseData(typeof(DrngDocument), Definition("drng")),
        new TestCaseData(typeof(HashDocument), Definition("hash")),
        new TestCaseData(typeof(NodeDocument), Definition("node")),
        new TestCaseData(typeof(PredictionResistanceDocument), Definition("prediction_resistance")),
        new TestCaseData(typeof(DeviceDocument), Definition("device")),
        new TestCaseData(typeof(SourceDocument), Definition("source")),
        new TestCaseData(typeof(HardwareRngDocument), Definition("hardware_rng")),
        new TestCaseData(typeof(HealthDocument), Definition("health")),
        new TestCaseData(typeof(SamplingDocument), Definition("sampling")),
        new TestCaseData(typeof(RequestsDocument), Definition("requests")),
        new TestCaseData(typeof(RequestDocument), Definition("request")),
        new TestCaseData(typeof(ThreadDocument), Definition("thread")),
        new TestCaseData(typeof(ConsumerDocument), Definition("consumer")),
    ];

    [TestCaseSource(nameof(Objects))]
    public void The_schema_and_the_record_have_the_same_members(Type record, JsonObject schema)
    {
        string[] printed = [.. record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => SnakeCase(property.Name))];
        Assert.That(Properties(schema).Select(pair => pair.Key), Is.EqualTo(printed));
        Assert.That(schema["required"]!.AsArray().Select(name => (string?)name), Is.EqualTo(printed), "all of them are always there");
    }

    [TestCaseSource(nameof(Objects))]
    public void Null_is_allowed_where_the_record_has_it(Type record, JsonObject schema)
    {
        var nullability = new NullabilityInfoContext();
        foreach (PropertyInfo property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            JsonNode member = schema["properties"]![SnakeCase(property.Name)]!;
            bool described = (member["type"] is JsonArray types && types.Any(type => (string?)type == "null"))
                || (member["anyOf"] is JsonArray any && any.Any(one => (string?)one!["type"] == "null"));
            Assert.That(described, Is.EqualTo(nullability.Create(property).ReadState == NullabilityState.Nullable), property.Name);
        }
    }

    [TestCaseSource(nameof(Objects))]
    public void Every_member_says_what_it_means(Type record, JsonObject schema)
    {
        Assert.That((string?)schema["description"], Is.Not.Empty, record.Name);
        foreach ((string name, JsonNode? member) in Properties(schema))
        {
            bool elsewhere = ((string?)member!["$ref"])?.StartsWith("#/$defs/", StringComparison.Ordinal) ?? false;
            Assert.That(elsewhere || ((string?)member["description"])?.Length > 10, Is.True, name);
        }
    }

    [Test]
    public void No_definition_is_left_over() =>
        Assert.That(s_schema["$defs"]!.AsObject().Count, Is.EqualTo(Objects.Count() - 1));

    [Test]
    public void Levels_and_states_are_those_of_the_engine()
    {
        Assert.That(Values(s_schema, "level"), Is.EqualTo(Enum.GetNames<SeedLevel>().Select(SnakeCase)));
        Assert.That(Values(Definition("source"), "state"), Is.EquivalentTo(Enum.GetNames<SourceState>().Select(SnakeCase)));
    }

    [Test]
    public void Its_number_is_that_of_the_protocol() =>
        Assert.That((int?)s_schema["properties"]!["schema"]!["const"], Is.EqualTo(ControlFrame.Schema));

    private static JsonObject Definition(string name) => s_schema["$defs"]![name]!.AsObject();

    private static JsonObject Properties(JsonObject schema) => schema["properties"]!.AsObject();

    private static IEnumerable<string?> Values(JsonObject schema, string member) =>
        schema["properties"]![member]!["enum"]!.AsArray().Select(value => (string?)value);

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
