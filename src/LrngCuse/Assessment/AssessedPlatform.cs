// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace LrngCuse.Assessment;

/// <summary>The machine that an assessment holds for, as far as it can be seen from inside.</summary>
/// <param name="KernelRelease">uname -r.</param>
/// <param name="Machine">Architecture.</param>
/// <param name="CpuModel">By /proc/cpuinfo.</param>
/// <param name="Cpus">How many this machine has online.</param>
/// <param name="Hypervisor">The signature of the hypervisor; "none visible" if nothing tells of one.</param>
internal sealed record AssessedPlatform(string KernelRelease, string Machine, string CpuModel, int Cpus, string Hypervisor)
{
    private const string Unknown = "unknown";

    internal static AssessedPlatform Read() => Read("/", HypervisorSignature());

    /// <param name="root">Where proc and sys are mounted.</param>
    /// <param name="signature">The hypervisor by CPUID; null for none.</param>
    internal static AssessedPlatform Read(string root, string? signature)
    {
        string[] cpuInfo = Lines(Path.Combine(root, "proc/cpuinfo"));
        return new AssessedPlatform(
            Line(Path.Combine(root, "proc/sys/kernel/osrelease")) ?? Unknown,
            RuntimeInformation.OSArchitecture.ToString(),
            Field(cpuInfo, "model name") ?? ArmModel(cpuInfo) ?? Unknown,
            cpuInfo.Count(line => NameOf(line) == "processor"),
            HypervisorOf(root, cpuInfo, signature));
    }

    public override string ToString() => $"{CpuModel} ({Machine}), kernel {KernelRelease}, hypervisor {Hypervisor}";

    // Under user-mode Linux CPUID tells of the host's.
    private static string HypervisorOf(string root, string[] cpuInfo, string? signature) =>
        Field(cpuInfo, "vendor_id") is "User Mode Linux" and var userMode
            ? userMode
            : signature
                ?? Line(Path.Combine(root, "sys/hypervisor/type"))
                ?? Line(Path.Combine(root, "proc/device-tree/hypervisor/compatible"))?.TrimEnd('\0')
                ?? "none visible";

    private static string? HypervisorSignature()
    {
        // CPUID leaf 1, ECX bit 31: running under a hypervisor; leaf 0x40000000: its signature in EBX, ECX, EDX.
        if (!X86Base.IsSupported || X86Base.CpuId(1, 0).Ecx >= 0)
        {
            return null;
        }

        (_, int ebx, int ecx, int edx) = X86Base.CpuId(0x40000000, 0);
        Span<int> words = [ebx, ecx, edx];
        string signature = Encoding.Latin1.GetString(MemoryMarshal.AsBytes(words)).Trim('\0', ' ');
        return signature.Length > 0 && signature.All(c => c is >= ' ' and <= '~') ? signature : "without a name";
    }

    // arm64 has no model name.
    private static string? ArmModel(string[] cpuInfo) =>
        Field(cpuInfo, "CPU implementer") is { } implementer && Field(cpuInfo, "CPU part") is { } part
            ? $"implementer {implementer} part {part}"
            : null;

    private static string? Field(string[] lines, string name) =>
        lines.FirstOrDefault(line => NameOf(line) == name)?.Split(':', 2)[^1].Trim();

    private static string NameOf(string line) => line.Split(':', 2)[0].TrimEnd();

    private static string? Line(string path) => Lines(path).FirstOrDefault()?.Trim();

    // What is hidden from a container is unknown, and no reason to lose an assessment.
    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
