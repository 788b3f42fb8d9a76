// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using Tmds.Linux;

namespace LrngCuse.Sampling;

/// <summary>The events that <c>lrng probe</c> opened and systemd passed on (sd_listen_fds(3)).</summary>
internal static class HandedOverEvents
{
    // SD_LISTEN_FDS_START
    private const int FirstFile = 3;

    // More than a service may hold (sysctl fs.nr_open).
    private const int MaximumFiles = 1 << 20;

    /// <summary>Takes them over from this process's environment. Descriptors with other names are left alone.</summary>
    internal static IReadOnlyList<OpenedEvent> Take()
    {
        IReadOnlyList<OpenedEvent> events = Parse(
            Environment.GetEnvironmentVariable, Environment.ProcessId, out IReadOnlyList<OpenedEvent> surplus);
        foreach (OpenedEvent twice in surplus)
        {
            _ = LibC.close(twice.File);
        }

        return events;
    }

    /// <summary>Keeps all that systemd passed on from programs that the daemon starts. To be called before it starts one.</summary>
    internal static void KeepFromChildren()
    {
        int count = Names(Environment.GetEnvironmentVariable, Environment.ProcessId).Count;
        for (int file = FirstFile; file < FirstFile + count; file++)
        {
            _ = LibC.fcntl(file, LibC.F_SETFD, LibC.FD_CLOEXEC);
        }
    }

    /// <summary>The descriptor of this name, if one was passed on.</summary>
    internal static int? FindFile(string name, Func<string, string?> environment, int processId)
    {
        int place = Names(environment, processId).IndexOf(name);
        return place < 0 ? null : FirstFile + place;
    }

    /// <param name="environment">Looks up a variable.</param>
    /// <param name="processId">Of this process: the variables of another one do not count.</param>
    /// <param name="surplus">Descriptors of an event on a CPU that has one already.</param>
    internal static IReadOnlyList<OpenedEvent> Parse(
        Func<string, string?> environment, int processId, out IReadOnlyList<OpenedEvent> surplus)
    {
        var events = new List<OpenedEvent>();
        var more = new List<OpenedEvent>();
        surplus = more;
        List<string> names = Names(environment, processId);
        var known = new HashSet<(TimerEvent, int, string?)>();
        for (int i = 0; i < names.Count; i++)
        {
            if (EventName.TryParse(names[i], FirstFile + i, out OpenedEvent opened))
            {
                (known.Add((opened.Event, opened.Cpu, opened.Vector)) ? events : more).Add(opened);
            }
        }

        return events;
    }

    // Of descriptors FirstFile, FirstFile + 1, ...
    private static List<string> Names(Func<string, string?> environment, int processId) =>
        Number(environment("LISTEN_PID")) == processId && Number(environment("LISTEN_FDS")) is { } count and <= MaximumFiles
            ? [.. (environment("LISTEN_FDNAMES") ?? "").Split(':').Take(count)]
            : [];

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
