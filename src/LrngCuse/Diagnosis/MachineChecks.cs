// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using LrngCuse.Interop;
using LrngCuse.Transports;

namespace LrngCuse.Diagnosis;

/// <summary>What this machine offers a daemon that is started on it.</summary>
/// <param name="root">The root of proc, sys, etc and dev.</param>
internal sealed class MachineChecks(string root)
{
    // What a machine of usual size takes, with a memory for the events of each CPU.
    private const long LeastLockedKib = 256;

    // Of the unit.
    private const string ServiceGroup = "lrng";

    // Clocks that are read without leaving user space, and resolve a nanosecond or nearly.
    private static readonly string[] s_fineClocks = ["tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page"];

    /// <param name="transport">serve.transport.</param>
    /// <param name="creditsEvents">Whether times of interrupts or switches are credited.</param>
    internal IEnumerable<Finding> All(string transport, bool creditsEvents)
    {
        yield return Transport(transport, transport == "fuse" ? 0 : CuseTransport.Probe(), File.Exists("/dev/fuse"));
        if (Group() is { } group)
        {
            yield return group;
        }

        yield return Clock(creditsEvents);
        yield return Perf(creditsEvents);
        yield return Memory(Environment.IsPrivilegedProcess);
    }

    /// <param name="transport">serve.transport.</param>
    /// <param name="cuseErrno">Of opening /dev/cuse.</param>
    /// <param name="hasFuse">Whether there is /dev/fuse.</param>
    internal static Finding Transport(string transport, int cuseErrno, bool hasFuse)
    {
        if (transport != "fuse" && cuseErrno == 0)
        {
            return new Finding("cuse", "/dev/cuse can be opened");
        }

        CommandException? error = transport == "fuse" ? null : CuseTransport.OpenError(cuseErrno);
        if (transport == "cuse" || (error is not null && !CuseTransport.IsAbsent(cuseErrno)))
        {
            return new Finding("cuse", error!.Message, error.Hint);
        }

        string why = error is null ? "" : $"{error.Message}; ";
        return hasFuse
            ? new Finding("fuse", $"{why}files of a FUSE mount are served")
            : new Finding("fuse", $"{why}there is no /dev/fuse either", "load the modules: modprobe cuse fuse; a container needs --device /dev/fuse");
    }

    /// <summary>The daemon's user and group, as a package makes them; null where there are none.</summary>
    internal Finding? Group()
    {
        // "lrng:x:998:member,member"
        string[]? group = Read("etc/group")?.Split('\n').FirstOrDefault(line => line.StartsWith(ServiceGroup + ":", StringComparison.Ordinal))?.Split(':');
        if (group is not { Length: 4 } || !uint.TryParse(group[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
        {
            return null;
        }

        if (group[3].Length > 0)
        {
            return new Finding(
                "group",
                $"{group[3]} in group {ServiceGroup} may open /dev/cuse, and so reach the memory of programs that call ioctl on a device",
                $"for each of them: gpasswd -d USER {ServiceGroup}");
        }

        const UnixFileMode readWrite = UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        return NodeFiles.OwnerOf(Path.Combine(root, "dev/cuse")) is { } cuse && (cuse.Group != number || (cuse.Mode & readWrite) != readWrite)
            ? new Finding(
                "cuse",
                $"/dev/cuse is not for group {ServiceGroup}: the unit cannot open it",
                "udevadm control --reload && udevadm trigger --name-match=/dev/cuse; the rule is 60-lrng.rules")
            : new Finding("group", $"{ServiceGroup} has no members");
    }

    /// <summary>The clock that stamps are taken from. A coarse one matters to who credits them.</summary>
    internal Finding Clock(bool creditsEvents)
    {
        string? clock = Read("sys/devices/system/clocksource/clocksource0/current_clocksource");
        return clock is null ? new Finding("clock", "the kernel does not say which clock it uses")
            : s_fineClocks.Contains(clock) ? new Finding("clock", $"{clock} has a high resolution")
            : new Finding(
                "clock",
                $"{clock} is coarse: stamps of interrupts carry little entropy",
                creditsEvents ? "boot without clocksource= and notsc, or see why the kernel gave up the TSC: dmesg | grep -i tsc" : null);
    }

    /// <summary>Who may open events of the whole machine.</summary>
    internal Finding Perf(bool creditsEvents)
    {
        string? level = Read("proc/sys/kernel/perf_event_paranoid");
        return !int.TryParse(level, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int paranoid)
            ? new Finding(
                "perf",
                "this kernel has no perf events: interrupts and switches earn nothing",
                creditsEvents ? "use a kernel with CONFIG_PERF_EVENTS, or credit other sources" : null)
            : new Finding("perf", paranoid < 0
                ? "everybody may open the kernel's events"
                : $"perf_event_paranoid = {paranoid}: root opens the kernel's events and hands them over (lrng probe in the unit, or a daemon started as root)");
    }

    /// <summary>Secrets are locked in memory.</summary>
    /// <param name="privileged">Whether this process has CAP_IPC_LOCK, as root has.</param>
    internal Finding Memory(bool privileged)
    {
        // "Max locked memory         8388608              8388608              bytes"
        string[]? limit = Read("proc/self/limits")?.Split('\n').FirstOrDefault(line => line.StartsWith("Max locked memory", StringComparison.Ordinal))
            ?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string soft = limit is { Length: > 3 } ? limit[3] : "unknown";
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) && bytes < LeastLockedKib * 1024 && !privileged
            ? new Finding("memory", $"{bytes / 1024} KiB may be locked", $"ulimit -l {LeastLockedKib}, or LimitMEMLOCK= in the unit")
            : new Finding("memory", $"memory may be locked (limit {soft})");
    }

    private string? Read(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, path)).TrimEnd();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
