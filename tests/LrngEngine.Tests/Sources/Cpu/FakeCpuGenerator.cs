// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources.Cpu;

namespace LrngEngine.Tests.Sources.Cpu;

/// <summary>Instructions whose n-th execution (from 0) gives what a script says; null: nothing to give.</summary>
internal sealed class FakeCpuGenerator(Func<int, ulong?>? rdseed, Func<int, ulong?>? rdrand) : CpuGenerator
{
    public int RdseedCalls { get; private set; }

    public int RdrandCalls { get; private set; }

    public override bool HasRdseed => rdseed is not null;

    public override bool HasRdrand => rdrand is not null;

    public static ulong SeedWord(int call) => 0x5eed_0000_0000_0000 + (ulong)call;

    public static ulong RandWord(int call) => 0xa4d0_0000_0000_0000 + (ulong)call;

    public override bool TryRdseed(out ulong word) => Try(rdseed!(RdseedCalls++), out word);

    public override bool TryRdrand(out ulong word) => Try(rdrand!(RdrandCalls++), out word);

    private static bool Try(ulong? scripted, out ulong word)
    {
        word = scripted ?? 0;
        return scripted is not null;
    }
}
