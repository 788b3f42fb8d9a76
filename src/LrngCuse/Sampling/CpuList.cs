// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;

namespace LrngCuse.Sampling;

/// <summary>The CPUs of this machine.</summary>
internal static class CpuList
{
    private const string OnlinePath = "/sys/devices/system/cpu/online";
    private const string PossiblePath = "/sys/devices/system/cpu/possible";

    // More than any kernel is built for (CONFIG_NR_CPUS).
    private const int Limit = 65536;

    /// <summary>The CPUs that are online; the number that the runtime knows where sysfs does not say.</summary>
    internal static IReadOnlyList<int> ReadOnline() => Read(OnlinePath);

    /// <summary>The CPUs that the machine can have, those that may still come among them.</summary>
    internal static IReadOnlyList<int> ReadPossible() => Read(PossiblePath);

    /// <summary>Parses the kernel's lists such as "0-3,8". What is no number or range is passed over.</summary>
    internal static int[] Parse(string text)
    {
        var cpus = new SortedSet<int>();
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-');
            if (ends.Length <= 2 && TryParse(ends[0], out int first) && TryParse(ends[^1], out int last))
            {
                for (int cpu = first; cpu <= last; cpu++)
                {
                    _ = cpus.Add(cpu);
                }
            }
        }

        return [.. cpus];
    }

    private static int[] Read(string path)
    {
        try
        {
            int[] cpus = Parse(File.ReadAllText(path));
            if (cpus.Length > 0)
            {
                return cpus;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The runtime's number has to do.
        }

        return [.. Enumerable.Range(0, Environment.ProcessorCount)];
    }

    private static bool TryParse(string text, out int cpu) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out cpu) && cpu < Limit;
}
