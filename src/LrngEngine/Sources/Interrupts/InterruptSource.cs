// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.Timing;

namespace LrngEngine.Sources.Interrupts;

/// <summary>The entropy source "IRQ": the times at which hardware interrupts arrive (LRNG's interrupt entropy source).</summary>
public sealed class InterruptSource : TimerSource
{
    /// <summary>Makes the source; it starts with its first event.</summary>
    /// <param name="arena">Where what all CPUs share lives; <see cref="TimerSource.ArenaBytes"/> of it.</param>
    /// <param name="gcd">The step of the clock, shared with the other timer-based source; the caller's.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="createHash">Makes a conditioner in the arena; null for SHA-512.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public InterruptSource(
        SecretArena arena,
        GreatestCommonDivisor gcd,
        TimerSourceOptions? options = null,
        Func<SecretArena, ConditioningHash>? createHash = null)
        : base(arena, gcd, options, createHash)
    {
    }

    /// <inheritdoc/>
    public override string Name => "IRQ";

    private protected override string CollectionName => "interrupt";

    private protected override string EventsName => "interrupts";

    private protected override string StoreName => "pool";

    private protected override string NoiseName => "entropy pool";

    private protected override bool ShowsCompression => true;
}
