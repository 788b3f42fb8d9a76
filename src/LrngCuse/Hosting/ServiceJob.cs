// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.ComponentModel;
using System.Diagnostics;

namespace LrngCuse.Hosting;

/// <summary>What systemd is about to do with the service of this process. A service is told to stop in the same way whether it is
/// started again at once or not.</summary>
internal static class ServiceJob
{
    /// <summary>Whether it will be started again. Another manager than systemd is believed to.</summary>
    internal static bool GoesOn()
    {
        try
        {
            return GoesOn(File.ReadAllText("/proc/self/cgroup"), Jobs());
        }
        catch (Exception error) when (error is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <param name="cgroups">Content of /proc/self/cgroup.</param>
    /// <param name="jobs">What <c>systemctl list-jobs --plain --no-legend</c> prints: number, unit, type and state, a job a line. Null if
    /// it fails.</param>
    internal static bool GoesOn(string cgroups, string? jobs)
    {
        string[] path = cgroups.TrimEnd().Split('\n')[^1].Split('/');
        string? unit = Array.FindLast(path, name => name.EndsWith(".service", StringComparison.Ordinal));
        return unit is null || jobs is null || jobs.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(job => job is [_, var name, "restart" or "start", ..] && name == unit);
    }

    private static string? Jobs()
    {
        using Process systemctl = Process.Start(
            new ProcessStartInfo("systemctl", ["list-jobs", "--plain", "--no-legend"]) { RedirectStandardOutput = true })!;
        string jobs = systemctl.StandardOutput.ReadToEnd();
        systemctl.WaitForExit();
        return systemctl.ExitCode == 0 ? jobs : null;
    }
}
