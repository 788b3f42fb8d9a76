// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources.Cpu;

/// <summary>Settings of the CPU source. Validated by <see cref="CpuSource"/>.</summary>
public sealed record CpuOptions
{
    /// <summary>LRNG's default credit for this source (CONFIG_LRNG_CPU_ENTROPY_RATE).</summary>
    public static SourceCredit DefaultCredit { get; } = new(8, "default: the CPU's generator cannot be assessed from outside");

    /// <summary>Credit of every 256 data bits.</summary>
    public SourceCredit Credit { get; init; } = DefaultCredit;

    /// <summary>
    /// Whether data that RDSEED could not give is compressed out of 512 times as much RDRAND output, and so keeps its credit.
    /// Otherwise it is mixed in raw and earns nothing.
    /// </summary>
    public bool CompressRdrand { get; init; } = true;

    /// <summary>Bits that the conditioner is fed beyond its output when RDRAND is compressed: 64 in SP 800-90C mode, else 0.</summary>
    public int OversamplingBits { get; init; }
}
