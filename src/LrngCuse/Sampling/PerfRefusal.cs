// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Runtime.InteropServices;
using LrngCuse.Interop;

namespace LrngCuse.Sampling;

/// <summary>Why the kernel does not let this process sample, in words for the status.</summary>
internal static class PerfRefusal
{
    /// <summary>The CPU is not there (any more), which is no refusal.</summary>
    internal static bool IsAbsentCpu(int errno) => errno is Linux.ENODEV or Linux.ENXIO;

    /// <param name="errno">Of perf_event_open.</param>
    /// <param name="paranoid">Content of /proc/sys/kernel/perf_event_paranoid; empty if it cannot be read.</param>
    internal static string ForOpen(int errno, string paranoid) => errno switch
    {
        Linux.EACCES or Linux.EPERM when Restricts(paranoid) =>
            $"the kernel opens events for privileged processes only (perf_event_paranoid is {paranoid.Trim()})",
        Linux.EACCES or Linux.EPERM => "perf_event_open is not permitted (a system call filter, lockdown or a security module)",
        Linux.ENOENT => "the kernel does not know the tracepoint",
        Linux.EMFILE or Linux.ENFILE => "too many open files: raise LimitNOFILE",
        Linux.ENOSYS => "this kernel has no perf events",
        Linux.ENODEV or Linux.ENXIO => "no CPU is online for it",
        _ => $"perf_event_open: {Describe(errno)}",
    };

    /// <param name="errno">Of mmap.</param>
    internal static string ForMap(int errno) => errno switch
    {
        Linux.EPERM or Linux.EAGAIN =>
            "the ring buffers may not be locked: raise LimitMEMLOCK or kernel.perf_event_mlock_kb",
        Linux.ENOMEM => "no memory for the ring buffers",
        Linux.EACCES => "mapping the ring buffers is not permitted (a security module)",
        _ => $"mapping the ring buffers: {Describe(errno)}",
    };

    /// <summary>The setting's content, or nothing.</summary>
    internal static string ReadParanoid()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/perf_event_paranoid");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // Tracepoints of all processes take no privilege at -1 only (Documentation/admin-guide/sysctl/kernel.rst).
    private static bool Restricts(string paranoid) =>
        int.TryParse(paranoid, NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int level)
        && level >= 0;

    private static string Describe(int errno)
    {
        string text = Marshal.GetPInvokeErrorMessage(errno);
        return text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
    }
}
