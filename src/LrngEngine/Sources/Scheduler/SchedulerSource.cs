// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.Timing;

namespace LrngEngine.Sources.Scheduler;

/// <summary>
/// The entropy source "Scheduler": the times at which tasks are woken up or switched (LRNG's scheduler entropy source). Its events
/// depend on interrupts: at most one of the two may be credited, which is the owner's matter.
/// </summary>
/// <remarks>LRNG's never hashes before an extraction, because it may not while the scheduler runs. Here events are taken
/// elsewhere, so that full arrays are compressed as those of interrupts are.</remarks>
public sealed class SchedulerSource : TimerSource
{
    /// <summary>Makes the source; it starts with its first event.</summary>
    /// <param name="arena">Where what all CPUs share lives; <see cref="TimerSource.ArenaBytes"/> of it.</param>
    /// <param name="gcd">The step of the clock, shared with the other timer-based source; the caller's.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="createHash">Makes a conditioner in the arena; null for SHA-512.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public SchedulerSource(
        SecretArena arena,
        GreatestCommonDivisor gcd,
        TimerSourceOptions? options = null,
        Func<SecretArena, ConditioningHash>? createHash = null)
        : base(arena, gcd, options, createHash)
    {
    }

    /// <inheritdoc/>
    public override string Name => "Scheduler";

    private protected override string CollectionName => "scheduler event";

    private protected override string EventsName => "scheduler-based events";

    private protected override string StoreName => "array";

    private protected override string NoiseName => "scheduler-based";

    private protected override bool ShowsCompression => false;
}
