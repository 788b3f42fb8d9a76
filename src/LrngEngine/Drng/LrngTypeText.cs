// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;
using LrngEngine.Seeding;
using LrngEngine.Sources;

namespace LrngEngine.Drng;

/// <summary>The text of LRNG's /proc/lrng_type, line by line as v59 prints it (reference 7.8).</summary>
internal static class LrngTypeText
{
    /// <param name="status">The manager.</param>
    /// <param name="sources">The sources in the order of the seed buffer.</param>
    internal static string Render(DrngManagerStatus status, IReadOnlyList<EntropySource> sources)
    {
        var text = new StringBuilder();
        Line(text, $"DRNG name: {status.DrngName}");
        Line(text, $"LRNG security strength in bits: {status.SecurityStrengthBits}");
        Line(text, $"Number of DRNG instances: {status.Nodes.Count}");

        // LRNG names NTG.1 (2011) here whether it is followed or not (reference 14.4 item 6).
        List<string> standards = [];
        if (status.Strategy.Oversampling)
        {
            standards.Add("SP800-90C");
        }

        if (status.Strategy.IsNtg1)
        {
            standards.Add("NTG.1 (2011 / 2024)");
        }

        Line(text, $"Standards compliance: {string.Join(", ", standards)}");
        Line(text, $"LRNG minimally seeded: {TrueOrFalse(status.Level >= SeedLevel.MinimallySeeded)}");
        Line(text, $"LRNG fully seeded: {TrueOrFalse(status.Level == SeedLevel.FullySeeded)}");
        Line(text, $"LRNG entropy level: {status.Sources.Sum(source => source.AvailableBits)}");
        for (int i = 0; i < sources.Count; i++)
        {
            Line(text, $"Entropy Source {i} properties:");
            Line(text, $" Name: {sources[i].Name}");
            foreach (string line in sources[i].TypeLines)
            {
                Line(text, $" {line}");
            }
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string TrueOrFalse(bool value) => value ? "true" : "false";
}
