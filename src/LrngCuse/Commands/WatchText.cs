// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Text;
using LrngCuse.Control;

namespace LrngCuse.Commands;

/// <summary>What `lrng status --watch` shows.</summary>
internal static class WatchText
{
    private const int BarWidth = 20;

    // What a full seed takes.
    private const int FullBits = 256;

    // Home, and what is left of an earlier screen is erased line by line, so that nothing flickers.
    private const string Home = "\u001b[H";
    private const string EndOfLine = "\u001b[K\n";
    private const string EraseBelow = "\u001b[J";

    /// <param name="status">Now.</param>
    /// <param name="before">At the last look; null at the first.</param>
    /// <param name="seconds">Since then.</param>
    /// <param name="colours">Whether there are any.</param>
    internal static string Screen(StatusDocument status, StatusDocument? before, double seconds, Colours colours)
    {
        var text = new StringBuilder(Home);
        Line(text, $"lrng {status.Version}  {string.Join(" and ", status.Device.Paths)} by {status.Device.Transport}  {status.Drng.Name}, {status.Hash.Name}");
        Line(text, $"level: {Level(status, colours)}   waiting readers: {status.Device.ParkedReaders}");
        double rate = before is null || seconds <= 0 ? 0 : (status.Device.ServedBytes - before.Device.ServedBytes) / seconds;
        Line(text, string.Create(CultureInfo.InvariantCulture, $"served: {Scaled(rate)}B/s, {Scaled(status.Device.ServedBytes)}B in all   seedings: {status.Drng.Nodes.Sum(node => node.Seedings)}"));
        Line(text, "");
        foreach (SourceDocument source in status.Sources)
        {
            int filled = Math.Clamp(source.AvailableBits * BarWidth / FullBits, 0, BarWidth);
            string bar = new string('#', filled).PadRight(BarWidth, '.');
            string health = source.Health is { Failures: > 0 } failed ? colours.Bad($"  {failed.Failures} health failures") : "";
            string state = source.State == "running" ? colours.Good(source.State.PadRight(11)) : colours.Warning(source.State.PadRight(11));
            Line(text, string.Create(
                CultureInfo.InvariantCulture,
                $"{source.Name,-10} [{bar}] {source.AvailableBits,4} bits  credit {source.Credit,3}/256  {state} credited {Scaled(source.CreditedBits)}bit{health}"));
        }

        if (!status.SelfTests.Passed)
        {
            Line(text, colours.Bad($"self-tests failed: {string.Join("; ", status.SelfTests.Failures)}"));
        }

        return text.Append(EraseBelow).ToString();
    }

    /// <summary>A line for everything that is not as it was; for everything at the first look.</summary>
    /// <inheritdoc cref="Screen"/>
    internal static IEnumerable<string> Changes(StatusDocument status, StatusDocument? before)
    {
        var plain = new Colours(terminal: false, noColour: null);
        if (before is null || Level(status, plain) != Level(before, plain))
        {
            yield return $"level {Level(status, plain)}";
        }

        foreach (SourceDocument source in status.Sources)
        {
            SourceDocument? old = before?.Sources.FirstOrDefault(one => one.Name == source.Name);
            if (old is null || (old.State, old.Credit, old.Reason) != (source.State, source.Credit, source.Reason))
            {
                yield return $"{source.Name} {source.State}, credited {source.Credit} of 256 bits: {source.Reason}";
            }

            if (source.Health is { } health && health.Failures > (old?.Health?.Failures ?? 0))
            {
                yield return $"{source.Name} failed its health test {health.Failures} times, last: {health.LastFailure}";
            }
        }
    }

    private static string Level(StatusDocument status, Colours colours) => status switch
    {
        { ErrorState: { } reason } => colours.Bad($"error state: {reason}"),
        { Operational: true } => colours.Good("fully seeded"),
        _ => colours.Warning($"{status.Level.Replace('_', ' ')}, blocking readers wait"),
    };

    private static string Scaled(double number)
    {
        string[] units = ["", "k", "M", "G", "T"];
        int unit = 0;
        for (; number >= 1000 && unit < units.Length - 1; unit++)
        {
            number /= 1000;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{number:0.#} {units[unit]}");
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append(EndOfLine);
}
