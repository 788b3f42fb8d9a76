// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Text;
using LrngCuse.Control;

namespace LrngCuse.Commands;

/// <summary>The status for people.</summary>
internal static class StatusText
{
    // Those that read most; all are in the document.
    private const int ShownConsumers = 5;

    internal static string Of(StatusDocument status)
    {
        var text = new StringBuilder();
        Line(text, $"level: {status.Level.Replace('_', ' ')}{Readers(status)}");
        Line(text, $"security strength: {status.SecurityStrengthBits} bits");
        foreach (string design in status.DesignedFor)
        {
            Line(text, $"designed for: {design} (not validated)");
        }

        Line(text, $"self-tests: {(status.SelfTests.Passed ? "passed" : $"failed, status {status.SelfTests.StatusWord}")}");
        foreach (string failure in status.SelfTests.Failures)
        {
            Line(text, $"  {failure}");
        }

        Line(text, $"drng: {status.Drng.Name} ({status.Drng.CipherKernel})");
        foreach (NodeDocument node in status.Drng.Nodes)
        {
            Line(text, $"  node {node.Node}: {(node.FullySeeded ? "fully seeded" : "not fully seeded")}, {node.Seedings} times{Age(node.SecondsSinceSeeding)}");
            Line(text, $"    generated: {node.GeneratedBytes} bytes; reseed due in {node.RequestsUntilReseed} requests{Limit(node.OutputBytesLeft)}");
        }

        Line(text, $"conditioning hash: {status.Hash.Name} ({status.Hash.Kernel})");
        Line(text, $"prediction resistance: {status.PredictionResistance.Pulls} pulls, {status.PredictionResistance.GeneratedBytes} bytes");
        Line(text, $"transport: {status.Device.Transport} at {string.Join(" and ", status.Device.Paths)}");
        Line(text, $"  served: {status.Device.ServedBytes} bytes; written: {status.Device.WrittenBytes} bytes; waiting readers: {status.Device.ParkedReaders}");
        Consumers(text, status.Consumers);
        foreach (SourceDocument source in status.Sources)
        {
            Line(text, $"source: {source.Name}");
            Line(text, $"  state: {source.State}");
            Line(text, $"  credit: {source.Credit} of 256 bits ({source.Reason})");
            Line(text, $"  available: {source.AvailableBits} bits; credited so far: {source.CreditedBits} bits");
            if (source.Details.Length > 0)
            {
                Line(text, $"  details: {source.Details}");
            }

            Health(text, source.Health);
            Sampling(text, source.Sampling);
        }

        Hardware(text, status.HardwareRng);
        return text.ToString();
    }

    private static void Consumers(StringBuilder text, IReadOnlyList<ConsumerDocument> consumers)
    {
        foreach (ConsumerDocument consumer in consumers.Take(ShownConsumers))
        {
            string limited = consumer.LimitedReads > 0 ? $", {consumer.LimitedReads} limited" : "";
            Line(
                text,
                $"  cgroup {consumer.Name}: {consumer.Bytes} bytes in {consumer.Reads} reads{limited}; pulls: {consumer.Pulls}; open files: {consumer.OpenFiles}");
        }

        if (consumers.Count > ShownConsumers)
        {
            Line(text, $"  and {consumers.Count - ShownConsumers} more");
        }
    }

    private static void Hardware(StringBuilder text, HardwareRngDocument? feed)
    {
        if (feed is null)
        {
            return;
        }

        Line(text, $"hardware generator: {feed.Name ?? "none"}");
        Line(text, $"  state: {feed.State}");
        Line(text, $"  credit: {feed.Credit} of 256 bits ({feed.Reason})");
        Line(text, $"  read: {feed.ReadBytes} bytes; credited to the auxiliary pool: {feed.CreditedBits} bits");
        Health(text, feed.Health);
    }

    private static void Health(StringBuilder text, HealthDocument? health)
    {
        if (health is null)
        {
            return;
        }

        string proportion = health.AptIntermittent > health.AptWindow
            ? "APT inactive"
            : $"APT {health.AptIntermittent}/{(health.AptPermanent > health.AptWindow ? "inactive" : health.AptPermanent)}";
        string last = health.LastFailure is null ? "" : $", last: {health.LastFailure}";
        Line(text, $"  health: RCT {health.RctIntermittent}/{health.RctPermanent}, {proportion} of {health.AptWindow}; failures {health.Failures}{last}");
    }

    private static void Sampling(StringBuilder text, SamplingDocument? sampling)
    {
        if (sampling is null)
        {
            return;
        }

        string path = sampling.Path switch
        {
            "perf" => $"perf events on {sampling.Cpus} CPUs",
            "proc_interrupts" => "/proc/interrupts",
            _ => "none",
        };
        string reason = sampling.Reason.Length > 0 ? $" ({sampling.Reason})" : "";
        Line(text, $"  sampling: {path}{reason}, {(sampling.Active ? "active" : "paused")}");
        Line(
            text,
            $"    events {sampling.Counted}, samples {sampling.Samples}, taken {sampling.Records}, dependent {sampling.Dependent}, "
                + $"lost {sampling.Lost}, throttled {sampling.Throttled}, windows {sampling.Windows}, largest period {sampling.LargestPeriod}"
                + (sampling.Mixed > 0 ? $", mixed in without credit {sampling.Mixed}" : ""));
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Readers(StatusDocument status) => status switch
    {
        { ErrorState: { } reason } => $" (error state: reads fail: {reason})",
        { Operational: false } => " (blocking readers wait)",
        _ => "",
    };

    private static string Limit(long? bytes) =>
        bytes is { } left ? string.Create(CultureInfo.InvariantCulture, $" or {left} bytes of output") : "";

    private static string Age(double? seconds) =>
        seconds is { } age ? string.Create(CultureInfo.InvariantCulture, $", last {age:F0} s ago") : "";
}
