// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>Words for how events are sampled.</summary>
internal static class SamplingText
{
    /// <summary>The path and what stands in the way of a better one.</summary>
    internal static string Of(EventStatus status)
    {
        string path = NameOf(status.Path);
        string cpus = status.Cpus == 1 ? "1 CPU" : $"{status.Cpus} CPUs";
        string reason = status.Reason.Length > 0 ? $" ({status.Reason})" : "";
        return status.Path == SamplingPath.None ? $"{path}{reason}" : $"{path} on {cpus}{reason}";
    }

    /// <summary>For people.</summary>
    internal static string NameOf(SamplingPath path) => path switch
    {
        SamplingPath.PerfEvents => "perf events",
        SamplingPath.ProcInterrupts => "/proc/interrupts",
        _ => "nothing",
    };
}
