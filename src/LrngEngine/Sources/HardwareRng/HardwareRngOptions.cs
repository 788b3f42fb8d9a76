// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources.Auxiliary;
using Microsoft.Extensions.Logging;

namespace LrngEngine.Sources.HardwareRng;

/// <summary>What a <see cref="HardwareRngFeed"/> is made of.</summary>
internal sealed record HardwareRngOptions
{
    /// <summary>Bytes a second when nobody says otherwise: an empty pool of 512 bits is full in an eighth of a second.</summary>
    internal const int DefaultBytesPerSecond = 1024;

    /// <summary>Half of the data bits at most, as for the kernel's generator: a quality is the word of a driver, and since Linux 6.2 that
    /// is 1024 for every driver that says nothing.</summary>
    internal static SourceCredit DefaultCreditLimit { get; } = new(128, "half of what a hardware generator gives");

    /// <summary>The pool that is fed.</summary>
    internal required AuxiliaryPool Pool { get; init; }

    /// <summary>The device; the feed owns it.</summary>
    internal required HardwareGenerator Generator { get; init; }

    /// <summary>Most bytes read in a second.</summary>
    internal int BytesPerSecond { get; init; } = DefaultBytesPerSecond;

    /// <summary>Most credit of every 256 data bits.</summary>
    internal SourceCredit CreditLimit { get; init; } = DefaultCreditLimit;

    internal required TimeProvider Clock { get; init; }

    internal required ILogger Logger { get; init; }
}
