// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Text;
using LrngCuse.Control;

namespace LrngCuse.Commands;

/// <summary>The status for people.</summary>
internal static class StatusText
{
    internal static string Of(StatusDocument status)
    {
        var text = new StringBuilder();
        Line(text, $"level: {status.Level.Replace('_', ' ')}{(status.Operational ? "" : " (blocking readers wait)")}");
        Line(text, $"security strength: {status.SecurityStrengthBits} bits");
        foreach (string design in status.DesignedFor)
        {
            Line(text, $"designed for: {design} (not validated)");
        }

        Line(text, $"drng: {status.Drng.Name} ({status.Drng.CipherKernel})");
        foreach (NodeDocument node in status.Drng.Nodes)
        {
            Line(text, $"  node {node.Node}: {(node.FullySeeded ? "fully seeded" : "not fully seeded")}, {node.Seedings} times{Age(node.SecondsSinceSeeding)}");
            Line(text, $"    generated: {node.GeneratedBytes} bytes; reseed due in {node.RequestsUntilReseed} requests{Limit(node.OutputBytesLeft)}");
        }

        Line(text, $"prediction resistance: {status.PredictionResistance.Pulls} pulls, {status.PredictionResistance.GeneratedBytes} bytes");
        Line(text, $"transport: {status.Device.Transport} at {string.Join(" and ", status.Device.Paths)}");
        Line(text, $"  served: {status.Device.ServedBytes} bytes; written: {status.Device.WrittenBytes} bytes; waiting readers: {status.Device.ParkedReaders}");
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
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Limit(long? bytes) =>
        bytes is { } left ? string.Create(CultureInfo.InvariantCulture, $" or {left} bytes of output") : "";

    private static string Age(double? seconds) =>
        seconds is { } age ? string.Create(CultureInfo.InvariantCulture, $", last {age:F0} s ago") : "";
}
