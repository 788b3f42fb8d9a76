// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Drng;
using LrngEngine.Memory;
using LrngEngine.Seeding;
using LrngEngine.SelfTests;
using LrngEngine.Sources;
using LrngEngine.Sources.Auxiliary;
using LrngEngine.Sources.Cpu;
using LrngEngine.Sources.Interrupts;
using LrngEngine.Sources.Jitter;
using LrngEngine.Sources.KernelRng;
using LrngEngine.Sources.Scheduler;
using LrngEngine.Timing;

namespace LrngEngine;

/// <content>Which parts there are and what they are made of.</content>
public sealed partial class LrngGenerator
{
    /// <summary>Makes a generator; sources begin with their start-up tests, and <see cref="Start"/> begins to seed.</summary>
    /// <param name="options">What it is made of.</param>
    /// <exception cref="ArgumentException">An option is not accepted: names it, its value and what is.</exception>
    /// <exception cref="LockedMemoryException">The memory for secrets cannot be locked.</exception>
    public LrngGenerator(LrngGeneratorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        LrngGeneratorOptions.Validate(options);
        _options = options;
        _calls = new RunningCalls(this);

        // Before there is anything that could be output.
        _selfTests = new SelfTestRunner(
            SelfTestsOf(options), _errors, options.TimeProvider, options.Logger);
        NodeTopology topology = options.Topology ?? SysfsTopology.ForNodes(options.TimeProvider);
        _instances = topology.Nodes.Count + 1;
        _arena = MapArena(options);
        DrngManagerOptions managerOptions = ManagerOptions(options);
        var sources = new List<EntropySource>();
        try
        {
            _mechanism = MapMechanism(options);
            AddTimerSources(sources, options, managerOptions.Strategy);
            AddSources(sources, options, managerOptions.Strategy, _arena);
            _sources = sources;
            Manager = new DrngManager(
                topology,
                _arena,
                sources,
                DrngFactory(options, _mechanism),
                options.CycleCounter,
                options.TimeProvider,
                options.Logger,
                managerOptions,
                options.SeedingLogger,
                new CloneGuard(options.KernelRandom, options.TimeProvider, options.CloneGuard),
                _errors);
        }
        catch
        {
            DisposeParts(sources);
            _selfTests.Dispose();
            throw;
        }

        _gate = new OutputGate(Manager, _calls);
        _notifier = new LevelNotifier(() => Manager.Level, TellLevel, options.Logger);
        Manager.LevelRaised += OnLevelChanged;
        Manager.LevelLowered += OnLevelChanged;
        Manager.OutputAvailable += _gate.Wake;
        _errors.Entered += _gate.Wake;
        foreach (EntropySource source in sources)
        {
            source.HealthFailed += OnHealthFailed;
        }
    }

    // Interrupts and scheduler share the clock, and so its step.
    private void AddTimerSources(List<EntropySource> sources, LrngGeneratorOptions options, SeedingStrategy strategy)
    {
        Func<SecretArena, ConditioningHash> hash = options.ConditioningHash.Create;
        if (SourceFeatures.Interrupts && options.Interrupts is { } interrupts)
        {
            sources.Add(Interrupts = new InterruptSource(_arena, ClockStep(), Complete(interrupts), hash));
        }

        if (SourceFeatures.Scheduler && options.Scheduler is { } scheduler)
        {
            sources.Add(Scheduler = new SchedulerSource(_arena, ClockStep(), Complete(scheduler), hash));
        }

        GreatestCommonDivisor ClockStep() => _clockStep ??= new GreatestCommonDivisor(_arena, options.Logger);

        TimerSourceOptions Complete(TimerSourceOptions given) => given with
        {
            OversamplingBits = Math.Max(given.OversamplingBits, strategy.OversamplingBits),
            Logger = options.Logger,
        };
    }

    // LRNG's order; the auxiliary pool is always last. Switches come first in each condition: where one is false, trimming takes
    // the source away.
    private static void AddSources(
        List<EntropySource> sources, LrngGeneratorOptions options, SeedingStrategy strategy, SecretArena arena)
    {
        if (SourceFeatures.Jitter && options.JitterEnabled)
        {
            JitterOptions jitterOptions = options.Jitter with { Logger = options.Logger };
            var jitter = new JitterSource(options.CycleCounter, arena, jitterOptions, options.TimeProvider);
            sources.Add(jitter);
            if (options.Jitter.BufferBlocks == 0)
            {
                jitter.EnsureTested();
            }
        }

        if (SourceFeatures.Cpu && options.CpuEnabled && options.CpuGenerator is not null)
        {
            int oversamplingBits = Math.Max(strategy.OversamplingBits, options.Cpu.OversamplingBits);
            sources.Add(new CpuSource(options.CpuGenerator, arena, options.Cpu with { OversamplingBits = oversamplingBits }));
        }

        if (SourceFeatures.Kernel && options.KernelEnabled)
        {
            sources.Add(new KernelRngSource(options.KernelRandom, options.EffectiveKernelCredit));
        }

        sources.Add(new AuxiliaryPool(options.ConditioningHash.Create(arena), arena, strategy.OversamplingBits));
    }

    // Instances live in the arena; where a key is put together does not matter.
    private static Func<Crypto.Drng> DrngFactory(LrngGeneratorOptions options, SecretArena arena)
    {
        CpuGenerator? cpu = options.CpuEnabled ? options.CpuGenerator : null;
        var initialKey = new InitialKey(
            arena, options.KernelRandom, cpu ?? new AbsentCpuGenerator(), options.CycleCounter, options.TimeProvider);
        DrngFactory mechanism = options.Mechanism;
        return () =>
        {
            Crypto.Drng drng = mechanism.Create(arena);
            initialKey.Apply(drng);
            return drng;
        };
    }

    private static DrngManagerOptions ManagerOptions(LrngGeneratorOptions options) => new()
    {
        Strategy = new SeedingStrategy
        {
            BitsFromTwoSources = options.BitsFromTwoSources,
            Oversampling = options.Sp80090C,
            OutputLimited = options.OutputLimit,
        },
        MaximumReseedAge = options.MaximumReseedAge,
        MaximumWithoutFullReseed = options.MaximumWithoutFullReseed,
        ForceSeeding = options.ForceSeeding,
    };

    // Twice what the manager and the sources beside these take; whoever may lock 64 KiB shall run everything, and switch it.
    private SecretArena MapArena(LrngGeneratorOptions options)
    {
        const int PartsBytes = 8 * 1024;
        int blockBytes = options.JitterEnabled ? options.Jitter.BufferBlocks * options.Jitter.BlockBits / 8 : 0;
        int timers = (options.Interrupts is null ? 0 : 1) + (options.Scheduler is null ? 0 : 1);
        return Map(PartsBytes + blockBytes + (timers * (TimerSource.ArenaBytes + GreatestCommonDivisor.ArenaBytes))
            + (_instances * DrngInstance.ArenaBytes));
    }

    // DRNGs of one kind live together, so that those of another can be made beside them and nothing is left in pieces. A full seeding
    // makes a successor to the one that it seeds.
    private SecretArena MapMechanism(LrngGeneratorOptions options)
    {
        // ChaCha20 takes 1.3 KiB, AES in portable code 2.3 KiB, Hash_DRBG with eight lanes of SHA-3 4.1 KiB.
        int bytesForEach = options.Drng == Drngs.Default ? 2 * 1024 : 17 * 256;
        return Map((_instances + 1) * bytesForEach);
    }

    private static SecretArena Map(int bytes)
    {
        try
        {
            return new SecretArena(bytes);
        }
        catch (InvalidOperationException error)
        {
            throw new LockedMemoryException(bytes, error);
        }
    }

    private void DisposeParts(IReadOnlyList<EntropySource> sources)
    {
        foreach (EntropySource source in sources)
        {
            source.Dispose();
        }

        _clockStep?.Dispose();
        _mechanism?.Dispose();
        _arena.Dispose();
    }
}
