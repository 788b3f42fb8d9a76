// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>The interrupts of the CPUs themselves that have a tracepoint (x86).</summary>
internal static class Vectors
{
    /// <summary>None are sampled.</summary>
    internal const string None = "none";

    /// <summary>What the kernel calls them, without "_entry".</summary>
    internal static IReadOnlyList<string> Known { get; } =
    [
        "local_timer", "reschedule", "call_function", "call_function_single", "irq_work", "x86_platform_ipi", "thermal_apic",
        "threshold_apic", "deferred_error_apic", "error_apic", "spurious_apic",
    ];

    /// <summary>Splits a setting: names separated by blanks, or none.</summary>
    internal static IReadOnlyList<string> Split(string setting) =>
        setting == None ? [] : setting.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a setting names known ones, each once.</summary>
    internal static bool AreValid(string setting)
    {
        IReadOnlyList<string> names = Split(setting);
        return setting == None || (names.Count > 0 && names.All(Known.Contains) && names.Distinct().Count() == names.Count);
    }
}
