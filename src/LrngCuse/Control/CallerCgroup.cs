// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;

namespace LrngCuse.Control;

/// <summary>The cgroup that a caller is counted by.</summary>
internal static class CallerCgroup
{
    /// <summary>Of a caller that cannot be seen: of another pid namespace, or where the kernel has no cgroups.</summary>
    internal const string Unknown = "unknown";

    // kubepods/QoS/pod/container, the deepest that engines make without systemd.
    private const int MaximumDepth = 4;

    internal static string Of(int threadId) => Of(threadId, "/proc");

    internal static string Of(int threadId, string proc)
    {
        if (threadId == 0)
        {
            return Unknown;
        }

        try
        {
            return Named(File.ReadAllLines(Path.Combine(proc, threadId.ToString(CultureInfo.InvariantCulture), "cgroup")));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Unknown;
        }
    }

    // Lines are hierarchy:controllers:path. The unified hierarchy comes first, then the one in which systemd names its units, then the
    // others; in those that are not used every process is at the root.
    private static string Named(string[] lines)
    {
        string?[] paths =
        [
            PathOf(lines, "0", ""),
            PathOf(lines, null, "name=systemd"),
            .. lines.Select(line => line[(line.IndexOf(":/", StringComparison.Ordinal) + 1)..]),
        ];
        return lines.Length == 0 ? Unknown : Cut(paths.FirstOrDefault(path => path is not (null or "/")) ?? "/");
    }

    // A path may have colons.
    private static string? PathOf(string[] lines, string? hierarchy, string controllers) =>
        lines.Select(line => line.Split(':', 3))
            .FirstOrDefault(parts => parts.Length == 3 && (hierarchy ?? parts[0]) == parts[0] && parts[1] == controllers)?[2];

    // What lies below a scope or a service was made by those inside it, who could make any number of cgroups.
    private static string Cut(string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        int unit = Array.FindIndex(parts, part =>
            part.EndsWith(".scope", StringComparison.Ordinal) || part.EndsWith(".service", StringComparison.Ordinal));
        return "/" + string.Join('/', parts.Take(Math.Min(unit < 0 ? parts.Length : unit + 1, MaximumDepth)));
    }
}
