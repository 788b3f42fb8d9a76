// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;

namespace LrngCuse.Sampling;

/// <summary>
/// The content of /proc/interrupts: a head line that names the CPUs, then for each interrupt its number, a count for each CPU and what it
/// is. Only numbered lines are taken; others (LOC, RES, IPI0) and lines of a timer are periodic, or caused by whoever reads.
/// </summary>
internal sealed class InterruptCounts
{
    private readonly int[] _cpus;
    private readonly Dictionary<uint, ulong[]> _counts = [];

    private InterruptCounts(int[] cpus) => _cpus = cpus;

    /// <summary>Number of CPUs that it has columns for.</summary>
    internal int Cpus => _cpus.Length;

    /// <summary>Parses; what is not understood is passed over.</summary>
    internal static InterruptCounts Parse(ReadOnlySpan<char> text)
    {
        InterruptCounts? counts = null;
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            if (counts is null)
            {
                counts = new InterruptCounts(ParseHead(line));
            }
            else
            {
                counts.AddLine(line);
            }
        }

        return counts ?? new InterruptCounts([]);
    }

    /// <summary>Calls back for each count that has changed since; lines and CPUs that came since then do not count.</summary>
    /// <param name="earlier">What was read before.</param>
    /// <param name="changed">Gets CPU, interrupt and difference.</param>
    internal void Compare(InterruptCounts earlier, Action<int, uint, ulong> changed)
    {
        if (!_cpus.AsSpan().SequenceEqual(earlier._cpus))
        {
            return;
        }

        foreach ((uint interrupt, ulong[] counts) in _counts)
        {
            if (!earlier._counts.TryGetValue(interrupt, out ulong[]? before))
            {
                continue;
            }

            for (int column = 0; column < counts.Length; column++)
            {
                if (counts[column] != before[column])
                {
                    changed(_cpus[column], interrupt, counts[column] - before[column]);
                }
            }
        }
    }

    private static int[] ParseHead(ReadOnlySpan<char> line)
    {
        var cpus = new List<int>();
        foreach (Range word in line.SplitAny(' ', '\t'))
        {
            if (line[word].StartsWith("CPU", StringComparison.Ordinal)
                && int.TryParse(line[word][3..], NumberStyles.None, CultureInfo.InvariantCulture, out int cpu))
            {
                cpus.Add(cpu);
            }
        }

        return [.. cpus];
    }

    private void AddLine(ReadOnlySpan<char> line)
    {
        int colon = line.IndexOf(':');
        if (colon < 0
            || !uint.TryParse(line[..colon].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out uint interrupt)
            || line.Contains("timer", StringComparison.Ordinal))
        {
            return;
        }

        ReadOnlySpan<char> rest = line[(colon + 1)..];
        ulong[] counts = new ulong[_cpus.Length];
        for (int column = 0; column < counts.Length; column++)
        {
            rest = rest.TrimStart();
            int end = rest.IndexOfAny(' ', '\t');
            ReadOnlySpan<char> word = end < 0 ? rest : rest[..end];
            if (!ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out counts[column]))
            {
                return;
            }

            rest = rest[word.Length..];
        }

        _counts[interrupt] = counts;
    }
}
