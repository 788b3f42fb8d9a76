// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>Chooses the clock of the stamps.</summary>
internal static class StampClocks
{
    private const string CurrentPath = "/sys/devices/system/clocksource/clocksource0/current_clocksource";

    /// <summary>By the kernel's own choice of a clock source; a file that cannot be read leaves perf's own clock.</summary>
    internal static StampClock Choose()
    {
        try
        {
            return For(File.ReadAllText(CurrentPath).Trim());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return StampClock.Scheduler;
        }
    }

    /// <param name="clockSource">The kernel's name of its clock source. Those that a CPU's counter drives are named here; with any other
    /// (hpet, acpi_pm, jiffies) the kernel does not trust it.</param>
    internal static StampClock For(string clockSource) => clockSource switch
    {
        "tsc" or "tsc-early" or "kvm-clock" or "hyperv_clocksource_tsc_page" or "xen" or "arch_sys_counter" or "timebase" => StampClock.Scheduler,
        _ => StampClock.MonotonicRaw,
    };
}
