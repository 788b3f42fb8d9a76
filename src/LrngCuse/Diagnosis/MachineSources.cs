// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources.Cpu;
using LrngEngine.Sources.HardwareRng;

namespace LrngCuse.Diagnosis;

/// <summary>The sources that are not on every machine.</summary>
/// <param name="HasCpuGenerator">RDSEED, RDRAND or RNDRRS, as far as the kernel lets programs use them.</param>
/// <param name="Hardware">What is behind /dev/hwrng.</param>
internal readonly record struct MachineSources(bool HasCpuGenerator, HardwareIdentity Hardware)
{
    /// <param name="root">The root of proc and sys.</param>
    internal static MachineSources Read(string root)
    {
        CpuFlags flags = CpuFlags.Read(Path.Combine(root, CpuFlags.CpuInfoPath.TrimStart('/')));

        // It is only asked for its name, not opened.
        using var hardware = new LinuxHardwareGenerator("", Path.Combine(root, LinuxHardwareGenerator.Sysfs.TrimStart('/')));
        return new MachineSources(flags.HasRdseed || flags.HasRdrand || flags.HasArmRandom, hardware.Identify());
    }
}
