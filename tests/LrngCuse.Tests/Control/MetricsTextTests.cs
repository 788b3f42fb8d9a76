// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LrngCuse.Control;

namespace LrngCuse.Tests.Control;

/// <summary>What lrng metrics prints, and that dashboard and alerts ask for nothing else. Whether promtool accepts it is seen with a
/// running daemon, in tests/device/metrics.test.</summary>
[TestFixture]
internal sealed class MetricsTextTests
{
    private static readonly StatusDocument s_status = new()
    {
        Schema = ControlFrame.Schema,
        Version = "1.2.3",
        Level = "minimally_seeded",
        Operational = false,
        SecurityStrengthBits = 256,
        EntropyLevelBits = 24,
        DesignedFor = [],
        AllNodesSeeded = false,
        SelfTests = new SelfTestDocument(true, 0, [], 1, default),
        Drng = new DrngDocument("a \"quoted\\name\"", "portable", [new NodeDocument(0, true, 3, 0, 0, null, null), new NodeDocument(1, false, 4, 0, 0, null, null)]),
        Hash = new HashDocument("sha512", "portable"),
        PredictionResistance = new PredictionResistanceDocument(5, 0),
        Device = new DeviceDocument("cuse", [], 1L << 53, 0, 2, 0),
        Sources =
        [
            new SourceDocument(
                "IRQ", "running", 8, 0, 99, "", "", new Dictionary<string, string>(), new HealthDocument(31, 61, 1, 1, 512, 7, null),
                new SamplingDocument("perf", "", 1, true, 0, 0, 11, 0, 12, 0, 0, 0, 0, 0)),
            new SourceDocument("CPU", "unavailable", 0, 0, 0, "", "", new Dictionary<string, string>(), null, null),
        ],
        Requests = new RequestsDocument([0.000001, 1], [new RequestDocument("blocking", 6, 2.5, [3, 2, 1])]),
        Threads = [new ThreadDocument("lrng-jitter", 0.25)],
        Consumers = [new ConsumerDocument("/docker/\"1\"", 21, 22, 23, 24, 25)],
    };

    [TestCase("lrng_up 1")]
    [TestCase("lrng_build_info{version=\"1.2.3\",drng=\"a \\\"quoted\\\\name\\\"\",hash=\"sha512\",transport=\"cuse\"} 1")]
    [TestCase("lrng_seeded 0")]
    [TestCase("lrng_level 128")]
    [TestCase("lrng_reseeds_total 7")]
    [TestCase("lrng_bytes_total 9007199254740992")]
    [TestCase("lrng_parked_readers 2")]
    [TestCase("lrng_requests_total{mode=\"blocking\"} 6")]
    [TestCase("lrng_read_latency_seconds_bucket{mode=\"blocking\",le=\"0.000001\"} 3")]
    [TestCase("lrng_read_latency_seconds_bucket{mode=\"blocking\",le=\"1\"} 5")]
    [TestCase("lrng_read_latency_seconds_bucket{mode=\"blocking\",le=\"+Inf\"} 6")]
    [TestCase("lrng_read_latency_seconds_sum{mode=\"blocking\"} 2.5")]
    [TestCase("lrng_read_latency_seconds_count{mode=\"blocking\"} 6")]
    [TestCase("lrng_source_credited_bits_total{source=\"IRQ\"} 99")]
    [TestCase("lrng_health_failures_total{source=\"IRQ\"} 7")]
    [TestCase("lrng_source_lost_events_total{source=\"IRQ\"} 12")]
    [TestCase("lrng_thread_cpu_seconds_total{thread=\"lrng-jitter\"} 0.25")]
    [TestCase("lrng_consumer_open_files{cgroup=\"/docker/\\\"1\\\"\"} 21")]
    [TestCase("lrng_consumer_requests_total{cgroup=\"/docker/\\\"1\\\"\"} 22")]
    [TestCase("lrng_consumer_bytes_total{cgroup=\"/docker/\\\"1\\\"\"} 23")]
    [TestCase("lrng_consumer_pulls_total{cgroup=\"/docker/\\\"1\\\"\"} 24")]
    [TestCase("lrng_consumer_limited_requests_total{cgroup=\"/docker/\\\"1\\\"\"} 25")]
    public void A_figure_of_the_status_is_a_metric(string line) =>
        Assert.That(MetricsText.Of(s_status, openMetrics: true).Split('\n'), Has.One.EqualTo(line));

    [Test]
    public void A_source_without_health_tests_has_no_failures() =>
        Assert.That(MetricsText.Of(s_status, openMetrics: true), Does.Not.Contain("lrng_health_failures_total{source=\"CPU\"}"));

    // OpenMetrics 1.0: a family has its lines together, after its type; a counter is named without _total there; the end is marked.
    [Test]
    public void Every_sample_belongs_to_the_family_above_it()
    {
        string[] lines = MetricsText.Of(s_status, openMetrics: true).TrimEnd('\n').Split('\n');
        Assert.That(lines[^1], Is.EqualTo("# EOF"));
        string family = "";
        string suffixes = "";
        foreach (string line in lines[..^1])
        {
            if (Regex.Match(line, "^# TYPE (lrng_[a-z_]+) (gauge|counter|histogram)$") is { Success: true } type)
            {
                family = type.Groups[1].Value;
                suffixes = type.Groups[2].Value switch { "counter" => "_total", "histogram" => "(_bucket|_sum|_count)", _ => "" };
                Assert.That(family, Does.Not.EndWith("_total"));
            }
            else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                Assert.That(line, Does.Match($"^{family}{suffixes}(\\{{[^ ].*\\}})? [0-9.]+$"));
            }
        }
    }

    [Test]
    public void Of_no_daemon_there_is_nothing_but_that() =>
        Assert.That(
            MetricsText.Of(status: null, openMetrics: false),
            Is.EqualTo("# HELP lrng_up Whether the daemon answers.\n# TYPE lrng_up gauge\nlrng_up 0\n"));

    [Test]
    public void Alerts_ask_for_metrics_that_exist()
    {
        string rules = File.ReadAllText(Repository.PathOf("packaging", "monitoring", "lrng.rules.yml"));
        AssertExist(Regex.Matches(rules, "^ +expr: (.+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value));
    }

    [Test]
    public void The_dashboard_asks_for_metrics_that_exist()
    {
        JsonNode dashboard = JsonNode.Parse(File.ReadAllText(Repository.PathOf("packaging", "monitoring", "lrng-dashboard.json")))!;
        AssertExist(dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => (string)target!["expr"]!));
    }

    private static void AssertExist(IEnumerable<string> expressions)
    {
        string[] asked = [.. expressions.SelectMany(expression => Regex.Matches(expression, "lrng_[a-z_]+").Select(match => match.Value)).Distinct()];
        string[] given = [.. Regex.Matches(MetricsText.Of(s_status, openMetrics: true), "^lrng_[a-z_]+", RegexOptions.Multiline).Select(match => match.Value)];
        Assert.That(asked, Has.Length.GreaterThan(5).And.SubsetOf(given));
    }
}
