// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Drng;
using LrngEngine.Seeding;
using LrngEngine.Sources;
using LrngEngine.Sources.Cpu;
using LrngEngine.Sources.Jitter;
using LrngEngine.Sources.KernelRng;
using LrngEngine.Timing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LrngEngine;

/// <summary>
/// What a <see cref="LrngGenerator"/> is made of. Every default is LRNG's; the defaults of the platform's parts need no native
/// library. Checked when the generator is made.
/// </summary>
public sealed record LrngGeneratorOptions
{
    /// <summary>Whether the jitter source is used. True is refused in a build without it (<see cref="SourceFeatures"/>), false is
    /// the default there.</summary>
    public bool JitterEnabled { get; init; } = SourceFeatures.Jitter;

    /// <summary>Whether the CPU's generator is used, as a source and for the key that a DRNG begins with. As for jitter in a build
    /// without it; without a <see cref="CpuGenerator"/> there is no such source either way.</summary>
    public bool CpuEnabled { get; init; } = SourceFeatures.Cpu;

    /// <summary>Whether the kernel's generator is an entropy source. As for jitter in a build without it. The key that a DRNG begins
    /// with, uncredited, is taken from the kernel even so: without it unseeded generators might begin alike.</summary>
    public bool KernelEnabled { get; init; } = SourceFeatures.Kernel;

    /// <summary>Settings of the interrupt source; null: there is none. What happens on this machine reaches it through
    /// <see cref="LrngGenerator.Interrupts"/>; without a feeder it stays empty. Refused in a build without it.</summary>
    public TimerSourceOptions? Interrupts { get; init; }

    /// <summary>Settings of the scheduler source; as for interrupts. At most one of the two is credited: their events are dependent.</summary>
    public TimerSourceOptions? Scheduler { get; init; }

    /// <summary>What a permanent failure of a source's health test does to the generator.</summary>
    public PermanentFailurePolicy OnPermanentFailure { get; init; }

    /// <summary>Settings of the jitter source, its credit among them.</summary>
    public JitterOptions Jitter { get; init; } = new();

    /// <summary>Settings of the CPU source, its credit among them.</summary>
    public CpuOptions Cpu { get; init; } = new();

    /// <summary>Credit of the kernel's generator; null: half of its data bits, or nothing where more is refused: with
    /// <see cref="Sp80090C"/>, because it is a DRBG that nobody here has assessed, and beside credited interrupts, which it rests on
    /// itself.</summary>
    public SourceCredit? KernelCredit { get; init; }

    /// <summary>
    /// NTG.1 (AIS 20/31): bits that each of two sources must give for the first full seed: 240 (2024), 220 (draft of 2022), or 0 when
    /// 256 bits from any mix suffice. Refused unless two of the enabled sources are credited. The auxiliary pool may be one of
    /// the two at run time, but counts beforehand only with <see cref="FeedsAuxiliary"/>.
    /// </summary>
    public int BitsFromTwoSources { get; init; }

    /// <summary>Whether the caller has the auxiliary pool fed with credited entropy, of which nothing can be known here.</summary>
    public bool FeedsAuxiliary { get; init; }

    /// <summary>The seeding amounts of SP 800-90C: 384 bits for a first seed, 256 available for a reseed, 320 for 32 bytes with
    /// prediction resistance, 64 more for every conditioned source; data without credit is additional input. A design that
    /// follows the standard's amounts, not a validated one.</summary>
    public bool Sp80090C { get; init; }

    /// <summary>Whether a full seed is collected by repeated pulls where one does not give it (force_seeding). If not, a seed is full
    /// only if a single pull is worth that much, which with LRNG's credits of some sources never happens.</summary>
    public bool ForceSeeding { get; init; } = true;

    /// <summary>AIS 20/31 DRG.4: at most 2^17 bits of output between two full seeds, also inside one request. Callers that wait for a
    /// seed wait at this limit as well; <see cref="LrngGenerator.GetRandomBytes(Span{byte})"/> goes on.</summary>
    public bool OutputLimit { get; init; }

    /// <summary>Age at which a seed is replaced, 1 s to 3600 s; instances after the first add up to 2.5 times as much, so that they drift
    /// apart.</summary>
    public TimeSpan MaximumReseedAge { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>Generate operations, of at most 4096 bytes each, without a full reseed after which a DRNG is not fully seeded any
    /// more: 1..2^30.</summary>
    public long MaximumWithoutFullReseed { get; init; } = 1L << 30;

    /// <summary>How often output takes in 16 bytes of the kernel's generator, uncredited, so that copies of a machine part ways. The
    /// kernel is asked even with <see cref="KernelEnabled"/> false.</summary>
    public CloneGuardMode CloneGuard { get; init; } = CloneGuardMode.Request;

    /// <summary>The DRNG instances; null: one for each NUMA node that has CPUs.</summary>
    public NodeTopology? Topology { get; init; }

    /// <summary>Conditions what is put into the auxiliary pool. With <see cref="Sp80090C"/> one of 384 bits at least, or the 384
    /// bits of a first seed could not pass through it.</summary>
    public ConditioningHashFactory ConditioningHash { get; init; } = ConditioningHashes.Default;

    /// <summary>The mechanism of every DRNG.</summary>
    public DrngFactory Drng { get; init; } = Drngs.Default;

    /// <summary>The kernel of the default mechanism, ChaCha20; one that this CPU runs.</summary>
    public ChaCha20Kernel CipherKernel { get; init; } = ChaCha20Kernels.Best;

    /// <summary>The clock whose jitter is collected and that stamps seeds.</summary>
    public CycleCounter CycleCounter { get; init; } = new MonotonicCounter();

    /// <summary>The CPU's random number instructions; null: none, as they cannot be reached without native code.</summary>
    public CpuGenerator? CpuGenerator { get; init; }

    /// <summary>The kernel's generator.</summary>
    public KernelRandom KernelRandom { get; init; } = new LinuxKernelRandom();

    /// <summary>Ages, deadlines and the pace of background work.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Receives state changes, never a secret or an output byte.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Receives every step of a seeding, at debug level; null: <see cref="Logger"/>.</summary>
    public ILogger? SeedingLogger { get; init; }

    /// <summary><see cref="Drng"/> with the kernel that was chosen.</summary>
    internal DrngFactory Mechanism => Drng == Drngs.Default ? Drng with
    {
        Create = arena => new ChaCha20Drng(arena, CipherKernel),
        Kernel = CipherKernel.Name,
    } : Drng;

    /// <summary>Which code computes the mechanism, by the width of its vectors.</summary>
    internal string KernelName => Mechanism.Kernel;

    internal SourceCredit EffectiveKernelCredit =>
        KernelCredit ?? (this switch
        {
            { Sp80090C: true } => KernelRngSource.UnassessedCredit,
            { CreditsInterrupts: true } => KernelRngSource.DependentCredit,
            _ => KernelRngSource.DefaultCredit,
        });

    internal bool CreditsInterrupts => Interrupts is { IsCredited: true };

    /// <summary>The sources that an administrator decides about, in LRNG's order.</summary>
    internal IReadOnlyList<PlannedSource> PlannedSources =>
    [
        Planned("IRQ", SourceFeatures.Interrupts, Interrupts),
        Planned("Scheduler", SourceFeatures.Scheduler, Scheduler),
        new("JitterRNG", SourceFeatures.Jitter, JitterEnabled, JitterEnabled, Jitter.Credit.BitsPer256),
        new("CPU", SourceFeatures.Cpu, CpuEnabled, CpuEnabled && CpuGenerator is not null, Cpu.Credit.BitsPer256),
        new("KernelRNG", SourceFeatures.Kernel, KernelEnabled, KernelEnabled, EffectiveKernelCredit.BitsPer256),
    ];

    /// <exception cref="ArgumentException">Names the option, its value and what is accepted.</exception>
    internal static void Validate(LrngGeneratorOptions options)
    {
        RequireGiven(options);
        RequireInRange(options);
        foreach (PlannedSource source in options.PlannedSources)
        {
            if (source.Enabled && !source.InBuild)
            {
                throw new ArgumentException($"{source.Name} is enabled: this build has no such source", nameof(options));
            }
        }

        if (options.Sp80090C && options.KernelEnabled && options.EffectiveKernelCredit.BitsPer256 > 0)
        {
            throw new ArgumentException(
                $"KernelCredit = {options.EffectiveKernelCredit.BitsPer256}: must be 0 with Sp80090C", nameof(options));
        }

        RequireWideHash(options);
        RequireIndependent(options);
        int credited = options.PlannedSources.Count(source => source.Credited) + (options.FeedsAuxiliary ? 1 : 0);
        if (options.BitsFromTwoSources > 0 && credited < 2)
        {
            throw new ArgumentException(
                $"BitsFromTwoSources = {options.BitsFromTwoSources}: wants two credited sources; "
                    + string.Join(", ", options.PlannedSources),
                nameof(options));
        }
    }

    /// <exception cref="ArgumentException">The hash is too short for the seeding strategy.</exception>
    internal static void RequireWideHash(LrngGeneratorOptions options)
    {
        if (options.Sp80090C && options.ConditioningHash.DigestBits < SeedingStrategy.LeastOversamplingDigestBits)
        {
            throw new ArgumentException(
                $"ConditioningHash = {options.ConditioningHash.Name}: has {options.ConditioningHash.DigestBits} bits, "
                    + $"Sp80090C takes {SeedingStrategy.LeastOversamplingDigestBits}",
                nameof(options));
        }
    }

    private static PlannedSource Planned(string name, bool inBuild, TimerSourceOptions? source) =>
        new(name, inBuild, source is not null, source is not null, source is { IsCredited: true } ? EntropyMath.RateUnitBits : 0);

    private static void RequireIndependent(LrngGeneratorOptions options)
    {
        if (options is { CreditsInterrupts: true, Scheduler.IsCredited: true })
        {
            throw new ArgumentException(
                $"Interrupts.EventsPer256Bits = {options.Interrupts!.EventsPer256Bits}, Scheduler.EventsPer256Bits = "
                    + $"{options.Scheduler.EventsPer256Bits}: one of the two at most may be credited, their events are dependent",
                nameof(options));
        }

        if (options.CreditsInterrupts && options.KernelEnabled && options.EffectiveKernelCredit.BitsPer256 > 0)
        {
            throw new ArgumentException(
                $"KernelCredit = {options.EffectiveKernelCredit.BitsPer256}: must be 0 beside credited interrupts, which it rests on itself",
                nameof(options));
        }
    }

    private static void RequireGiven(LrngGeneratorOptions options)
    {
        (string Name, object? Value)[] parts =
        [
            (nameof(Jitter), options.Jitter),
            ("Jitter.Credit", options.Jitter?.Credit),
            (nameof(Cpu), options.Cpu),
            ("Cpu.Credit", options.Cpu?.Credit),
            (nameof(ConditioningHash), options.ConditioningHash),
            (nameof(Drng), options.Drng),
            (nameof(CipherKernel), options.CipherKernel),
            (nameof(CycleCounter), options.CycleCounter),
            (nameof(KernelRandom), options.KernelRandom),
            (nameof(TimeProvider), options.TimeProvider),
            (nameof(Logger), options.Logger),
        ];
        foreach ((string name, object? value) in parts)
        {
            if (value is null)
            {
                throw new ArgumentException($"{name} = null: must be given", nameof(options));
            }
        }
    }

    private static void RequireInRange(LrngGeneratorOptions options)
    {
        Require(
            options.BitsFromTwoSources is 0 or SeedingStrategy.Ntg1Bits or SeedingStrategy.Ntg1DraftBits,
            nameof(BitsFromTwoSources),
            options.BitsFromTwoSources,
            $"0, {SeedingStrategy.Ntg1DraftBits} or {SeedingStrategy.Ntg1Bits}");
        Require(
            options.MaximumReseedAge >= TimeSpan.FromSeconds(1) && options.MaximumReseedAge <= TimeSpan.FromSeconds(3600),
            nameof(MaximumReseedAge),
            options.MaximumReseedAge,
            "1 s to 3600 s");
        Require(
            options.MaximumWithoutFullReseed is >= 1 and <= 1L << 30,
            nameof(MaximumWithoutFullReseed),
            options.MaximumWithoutFullReseed,
            "1..2^30 generate operations");
        Require(
            options.CipherKernel.IsSupported,
            nameof(CipherKernel),
            options.CipherKernel.Name,
            $"what this CPU runs: {string.Join(", ", ChaCha20Kernels.All.Select(kernel => kernel.Name))}");
        Require(options.Cpu.OversamplingBits >= 0, "Cpu.OversamplingBits", options.Cpu.OversamplingBits, "0 or more");
        options.Interrupts?.Validate();
        options.Scheduler?.Validate();
        if (SourceFeatures.Jitter && options.JitterEnabled)
        {
            JitterSource.Validate(options.Jitter);
        }

        void Require(bool holds, string name, object value, string accepted)
        {
            if (!holds)
            {
                throw new ArgumentOutOfRangeException(nameof(options), $"{name} = {value}: accepted is {accepted}");
            }
        }
    }
}
