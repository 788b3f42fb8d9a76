// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources.Cpu;

/// <summary>The random number instructions of the CPU (x86: RDSEED and RDRAND; arm64: RNDRRS and RNDR).</summary>
public abstract class CpuGenerator
{
    /// <summary>Whether the instruction that reads the conditioned noise source may be used: the CPU has it and the kernel has not
    /// masked it (see <see cref="CpuFlags"/>).</summary>
    public abstract bool HasRdseed { get; }

    /// <summary>Whether the instruction that reads the CPU's DRBG may be used.</summary>
    public abstract bool HasRdrand { get; }

    /// <summary>Executes RDSEED once; false if the CPU had nothing to give.</summary>
    public abstract bool TryRdseed(out ulong word);

    /// <summary>Executes RDRAND once; false if the CPU had nothing to give.</summary>
    public abstract bool TryRdrand(out ulong word);
}
