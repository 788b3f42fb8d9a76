// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Control;

/// <summary>What a client of the control socket asks.</summary>
internal sealed record ControlRequest
{
    /// <summary>Version of the protocol; grows with incompatible changes only.</summary>
    public required int Schema { get; init; }

    /// <summary>"status", "lrng_type", "get", "set", "reseed", "selftest", "hold" or "wait" (until blocking readers are served).</summary>
    public required string Command { get; init; }

    /// <summary>get: bytes wanted, 1..131072.</summary>
    public int Bytes { get; init; }

    /// <summary>get: with prediction resistance.</summary>
    public bool PredictionResistant { get; init; }

    /// <summary>get: do not wait.</summary>
    public bool NonBlocking { get; init; }

    /// <summary>set: name of the setting. hold: "irq" or "sched".</summary>
    public string? Key { get; init; }

    /// <summary>set: its new value.</summary>
    public string? Value { get; init; }
}
