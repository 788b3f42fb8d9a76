// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;

namespace LrngEngine.Sources;

/// <summary>
/// The sources that a build has. A feature switch that is false when a program is trimmed or compiled ahead of time takes the
/// source's code out of it; set in a project by a RuntimeHostConfigurationOption of that name with Trim="true". All are true
/// unless somebody says otherwise.
/// </summary>
public static class SourceFeatures
{
    private const string InterruptsSwitch = "LrngEngine.Sources.Interrupts";
    private const string SchedulerSwitch = "LrngEngine.Sources.Scheduler";
    private const string JitterSwitch = "LrngEngine.Sources.Jitter";
    private const string CpuSwitch = "LrngEngine.Sources.Cpu";
    private const string KernelSwitch = "LrngEngine.Sources.Kernel";

    /// <summary>Whether this build has the source "IRQ".</summary>
    [FeatureSwitchDefinition(InterruptsSwitch)]
    public static bool Interrupts => IsOn(InterruptsSwitch);

    /// <summary>Whether this build has the source "Scheduler".</summary>
    [FeatureSwitchDefinition(SchedulerSwitch)]
    public static bool Scheduler => IsOn(SchedulerSwitch);

    /// <summary>Whether this build has the source "JitterRNG".</summary>
    [FeatureSwitchDefinition(JitterSwitch)]
    public static bool Jitter => IsOn(JitterSwitch);

    /// <summary>Whether this build has the source "CPU".</summary>
    [FeatureSwitchDefinition(CpuSwitch)]
    public static bool Cpu => IsOn(CpuSwitch);

    /// <summary>Whether this build has the source "KernelRNG".</summary>
    [FeatureSwitchDefinition(KernelSwitch)]
    public static bool Kernel => IsOn(KernelSwitch);

    private static bool IsOn(string name) => !AppContext.TryGetSwitch(name, out bool on) || on;
}
