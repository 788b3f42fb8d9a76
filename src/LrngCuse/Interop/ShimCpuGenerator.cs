// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources.Cpu;

namespace LrngCuse.Interop;

/// <summary>RDSEED and RDRAND (arm64: RNDRRS and RNDR) through the shim, where both the CPU and the kernel's flags have them:
/// a kernel that masks an instruction does so because it is broken.</summary>
internal sealed unsafe class ShimCpuGenerator : CpuGenerator
{
    internal ShimCpuGenerator(CpuFlags kernelFlags)
    {
        uint features = Shim.lrng_shim_cpu_features();
        HasRdseed = (features & Shim.LRNG_SHIM_CPU_RDSEED) != 0 && (kernelFlags.HasRdseed || kernelFlags.HasArmRandom);
        HasRdrand = (features & Shim.LRNG_SHIM_CPU_RDRAND) != 0 && (kernelFlags.HasRdrand || kernelFlags.HasArmRandom);
    }

    public override bool HasRdseed { get; }

    public override bool HasRdrand { get; }

    public override bool TryRdseed(out ulong word)
    {
        ulong read;
        bool valid = Shim.lrng_shim_rdseed(&read) != 0;
        word = valid ? read : 0;
        return valid;
    }

    public override bool TryRdrand(out ulong word)
    {
        ulong read;
        bool valid = Shim.lrng_shim_rdrand(&read) != 0;
        word = valid ? read : 0;
        return valid;
    }
}
