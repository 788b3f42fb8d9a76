// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;

namespace LrngCuse.Control;

/// <summary>CPU time of this process's threads, as the kernel accounts it.</summary>
internal static class ThreadTimes
{
    private const string Directory = "/proc/self/task";

    // Those of the runtime and of the thread pool, together.
    private const string Others = "other";

    /// <summary>Threads of one name together, in the order of the names; empty where the kernel has no schedstat.</summary>
    internal static IReadOnlyList<ThreadDocument> Read() =>
    [
        .. System.IO.Directory.EnumerateDirectories(Directory)
            .Select(ReadOne)
            .OfType<ThreadDocument>()
            .GroupBy(thread => thread.Name, (name, threads) => new ThreadDocument(name, threads.Sum(thread => thread.CpuSeconds)))
            .OrderBy(thread => thread.Name, StringComparer.Ordinal),
    ];

    private static ThreadDocument? ReadOne(string thread)
    {
        try
        {
            string name = File.ReadAllText($"{thread}/comm").Trim();
            string nanoseconds = File.ReadAllText($"{thread}/schedstat").Split(' ')[0];
            return new ThreadDocument(
                name.StartsWith("lrng", StringComparison.Ordinal) ? name : Others,
                long.Parse(nanoseconds, CultureInfo.InvariantCulture) / 1e9);
        }
        catch (IOException)
        {
            // It has ended since it was listed, or the kernel does not count.
            return null;
        }
    }
}
