// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources.Cpu;

/// <summary>The instructions of a CPU that has none, or of a program that may not execute them.</summary>
internal sealed class AbsentCpuGenerator : CpuGenerator
{
    public override bool HasRdseed => false;

    public override bool HasRdrand => false;

    public override bool TryRdseed(out ulong word)
    {
        word = 0;
        return false;
    }

    public override bool TryRdrand(out ulong word)
    {
        word = 0;
        return false;
    }
}
