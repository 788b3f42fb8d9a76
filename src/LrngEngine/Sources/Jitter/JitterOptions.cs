// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LrngEngine.Sources.Jitter;

/// <summary>Settings of the jitter source. Validated by <see cref="JitterSource"/>.</summary>
public sealed record JitterOptions
{
    /// <summary>LRNG's default credit for this source (CONFIG_LRNG_JENT_ENTROPY_RATE).</summary>
    public static SourceCredit DefaultCredit { get; } = new(16, "default until the platform has been assessed");

    /// <summary>Credit of every 256 data bits.</summary>
    public SourceCredit Credit { get; init; } = DefaultCredit;

    /// <summary>Oversampling rate osr, 1..20.</summary>
    public int Oversampling { get; init; } = JitterCollector.DefaultOversampling;

    /// <summary>Blocks collected ahead: a power of two, 32..1024; 0 collects at each request only.</summary>
    public int BufferBlocks { get; init; } = 128;

    /// <summary>Data bits of a block: a multiple of 64, 64..512. Requests of another size are collected at once.</summary>
    public int BlockBits { get; init; } = 256;

    /// <summary>Memory that the memory loop walks, a power of two, 64 KiB..8 MiB; null: twice the L2 cache.</summary>
    public int? MemoryBytes { get; init; }

    /// <summary>Receives failures of the health tests.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
