// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Text;

namespace LrngCuse.Control;

/// <summary>The status as metrics: OpenMetrics text, or the older text format that node_exporter's textfile collector reads.</summary>
internal sealed class MetricsText
{
    private readonly StringBuilder _text = new();
    private readonly bool _openMetrics;

    private MetricsText(bool openMetrics) => _openMetrics = openMetrics;

    /// <summary>The metrics of a daemon; null of one that does not answer.</summary>
    internal static string Of(StatusDocument? status, bool openMetrics)
    {
        var metrics = new MetricsText(openMetrics);
        metrics.Gauge("lrng_up", "Whether the daemon answers.", status is null ? 0 : 1);
        if (status is not null)
        {
            metrics.Generator(status);
            metrics.Requests(status.Requests);
            metrics.Sources(status.Sources);
            metrics.Threads(status.Threads);
            metrics.Consumers(status.Consumers);
        }

        return metrics._text.Append(openMetrics ? "# EOF\n" : "").ToString();
    }

    private void Generator(StatusDocument status)
    {
        Head("lrng_build_info", "gauge", "Version, DRNG, hash and transport of the daemon; always 1.");
        Line(
            "lrng_build_info", 1, ("version", status.Version), ("drng", status.Drng.Name), ("hash", status.Hash.Name), ("transport", status.Device.Transport));
        Gauge("lrng_seeded", "Whether blocking readers are served.", status.Operational ? 1 : 0);
        Gauge("lrng_level", "Seed level in bits of entropy: 0, 32, 128, or 256 when fully seeded.", StatusReporter.BitsOf(status.Level));
        Gauge("lrng_error_state", "Whether every read fails after a failed self-test.", status.ErrorState is null ? 0 : 1);
        Gauge("lrng_entropy_available_bits", "What the sources would be credited now.", status.EntropyLevelBits);
        Gauge("lrng_selftest_failures", "Failed self-tests of the last run.", status.SelfTests.Failures.Count);
        Counter("lrng_reseeds_total", "Seedings of all DRNG instances.", status.Drng.Nodes.Sum(node => node.Seedings));
        Counter("lrng_prediction_resistant_pulls_total", "Reseedings for prediction-resistant reads.", status.PredictionResistance.Pulls);
        Counter("lrng_bytes_total", "Bytes given to readers.", status.Device.ServedBytes);
        Counter("lrng_written_bytes_total", "Bytes taken from writers.", status.Device.WrittenBytes);
        Gauge("lrng_parked_readers", "Reads that wait for a seed or for entropy.", status.Device.ParkedReaders);
        Head("lrng_node_seeded", "gauge", "Whether the DRNG of a NUMA node, or CPU, is fully seeded.");
        foreach (NodeDocument node in status.Drng.Nodes)
        {
            Line("lrng_node_seeded", node.FullySeeded ? 1 : 0, ("node", Text(node.Node)));
        }
    }

    private void Requests(RequestsDocument requests)
    {
        Head("lrng_requests_total", "counter", "Answered reads.");
        foreach (RequestDocument mode in requests.Modes)
        {
            Line("lrng_requests_total", mode.Answered, ("mode", mode.Mode));
        }

        Head("lrng_read_latency_seconds", "histogram", "Time from the arrival of a read at the daemon to its answer.");
        foreach (RequestDocument mode in requests.Modes)
        {
            long cumulated = 0;
            for (int i = 0; i < mode.Buckets.Count; i++)
            {
                cumulated += mode.Buckets[i];
                string bound = i < requests.BoundsSeconds.Count ? Text(requests.BoundsSeconds[i]) : "+Inf";
                Line("lrng_read_latency_seconds_bucket", cumulated, ("mode", mode.Mode), ("le", bound));
            }

            Line("lrng_read_latency_seconds_sum", mode.Seconds, ("mode", mode.Mode));
            Line("lrng_read_latency_seconds_count", cumulated, ("mode", mode.Mode));
        }
    }

    private void Sources(IReadOnlyList<SourceDocument> sources)
    {
        Each("lrng_source_running", "gauge", "Whether the source runs; only then is it credited.", source => source.State == "running" ? 1 : 0);
        Each("lrng_source_credit_bits", "gauge", "Entropy credited for every 256 data bits.", source => source.Credit);
        Each("lrng_source_credited_bits_total", "counter", "Entropy credited to seeds.", source => source.CreditedBits);
        Each("lrng_health_failures_total", "counter", "Failures of the continuous health tests.", source => source.Health?.Failures);
        Each("lrng_source_events_total", "counter", "Events that the source was given.", source => source.Sampling?.Records);
        Each("lrng_source_lost_events_total", "counter", "Events that the kernel could not deliver.", source => source.Sampling?.Lost);

        void Each(string name, string type, string help, Func<SourceDocument, double?> value)
        {
            Head(name, type, help);
            foreach (SourceDocument source in sources)
            {
                if (value(source) is { } number)
                {
                    Line(name, number, ("source", source.Name));
                }
            }
        }
    }

    private void Threads(IReadOnlyList<ThreadDocument> threads)
    {
        Head("lrng_thread_cpu_seconds_total", "counter", "CPU time by thread: lrng-jitter is the jitter source, lrng-sampling both timer sources.");
        foreach (ThreadDocument thread in threads)
        {
            Line("lrng_thread_cpu_seconds_total", thread.CpuSeconds, ("thread", thread.Name));
        }
    }

    // 66 series each at most, however many cgroups there are.
    private void Consumers(IReadOnlyList<ConsumerDocument> consumers)
    {
        Each("lrng_consumer_open_files", "gauge", "Device files that a cgroup has open.", consumer => consumer.OpenFiles);
        Each("lrng_consumer_requests_total", "counter", "Answered reads of a cgroup.", consumer => consumer.Reads);
        Each("lrng_consumer_bytes_total", "counter", "Bytes given to the readers of a cgroup.", consumer => consumer.Bytes);
        Each("lrng_consumer_pulls_total", "counter", "Pulls of the sources for the readers of a cgroup.", consumer => consumer.Pulls);
        Each("lrng_consumer_limited_requests_total", "counter", "Reads and seeds of a cgroup that met a limit.", consumer => consumer.LimitedReads);

        void Each(string name, string type, string help, Func<ConsumerDocument, double> value)
        {
            Head(name, type, help);
            foreach (ConsumerDocument consumer in consumers)
            {
                Line(name, value(consumer), ("cgroup", consumer.Name));
            }
        }
    }

    private void Gauge(string name, string help, double value)
    {
        Head(name, "gauge", help);
        Line(name, value);
    }

    private void Counter(string name, string help, double value)
    {
        Head(name, "counter", help);
        Line(name, value);
    }

    // OpenMetrics names a counter's family without the _total of its samples.
    private void Head(string name, string type, string help)
    {
        string family = _openMetrics && type == "counter" ? name[..^"_total".Length] : name;
        _ = _text.Append(CultureInfo.InvariantCulture, $"# HELP {family} {help}\n# TYPE {family} {type}\n");
    }

    private void Line(string name, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _ = _text.Append(name);
        char separator = '{';
        foreach ((string label, string labelled) in labels)
        {
            _ = _text.Append(separator).Append(label).Append("=\"").Append(Escaped(labelled)).Append('"');
            separator = ',';
        }

        _ = _text.Append(labels.Length > 0 ? "} " : " ").Append(Text(value)).Append('\n');
    }

    private static string Escaped(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    // Counters to the last digit, others without an exponent.
    private static string Text(double value) => value == Math.Truncate(value) && Math.Abs(value) < 1L << 62
        ? ((long)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString("0.##########", CultureInfo.InvariantCulture);
}
