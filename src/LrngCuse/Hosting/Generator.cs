// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Hosting.Configuration;
using LrngCuse.Interop;
using LrngCuse.Sampling;
using LrngEngine;
using LrngEngine.Crypto;
using LrngEngine.Drng;
using LrngEngine.Memory;
using LrngEngine.SelfTests;
using LrngEngine.Sources;
using LrngEngine.Sources.Cpu;
using LrngEngine.Sources.Jitter;
using LrngEngine.Sources.KernelRng;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Hosting;

/// <summary>The engine as this daemon uses it: maps the settings to its options, with the shim for the platform's parts.</summary>
internal sealed class Generator : IDisposable
{
    private const string SetByCommand = "lrng set";

    private const string ConfiguredCredit = "set by the administrator";

    // What a machine of usual size takes, with a memory for the events of each CPU.
    private const int LeastLockedKib = 256;

    private const string MoreMemory = "raise the limit of locked memory, LimitMEMLOCK= in the unit, and start the daemon again";

    private readonly LrngGenerator _generator;

    // One change at a time.
    private readonly Lock _changing = new();

    // Written under _changing.
    private volatile DaemonSettings _settings;

    private Generator(DaemonSettings settings, LrngGenerator generator)
    {
        _settings = settings;
        _generator = generator;
    }

    /// <summary>The settings in force, with what was changed since the start.</summary>
    internal DaemonSettings Settings => _settings;

    internal DrngManager Manager => _generator.Manager;

    /// <summary>Raised on a thread of the pool, without pause for others, when the seed level rose or fell.</summary>
    internal event EventHandler<LrngLevelChangedEventArgs> LevelChanged
    {
        add => _generator.LevelChanged += value;
        remove => _generator.LevelChanged -= value;
    }

    /// <summary>Takes interrupts; null if the source is switched off.</summary>
    internal TimerSource? Interrupts => _generator.Interrupts;

    /// <summary>Which of the CPUs' own interrupts are mixed in.</summary>
    internal IReadOnlyList<string> InterruptVectors => _settings.InterruptVectors;

    /// <summary>Takes context switches; null if the source is switched off.</summary>
    internal TimerSource? Scheduler => _generator.Scheduler;

    /// <summary>The conditioning hash in force.</summary>
    internal ConditioningHashFactory Hash => _generator.ConditioningHash;

    /// <summary>Which code computes the DRNG, for the status.</summary>
    internal string CipherKernel => _generator.CipherKernel;

    /// <exception cref="CommandException">Memory cannot be locked.</exception>
    internal static Generator Build(DaemonSettings settings, TimeProvider clock, ILogger logger, ILogger steps)
    {
        Shim.CheckAbi();
        LrngGeneratorOptions options = OptionsFor(settings, clock) with { Logger = logger, SeedingLogger = steps };
        try
        {
            return new Generator(settings, new LrngGenerator(options));
        }
        catch (LockedMemoryException error)
        {
            throw new CommandException(
                error.Message, $"raise the limit: ulimit -l {Math.Max(LeastLockedKib, 2 * error.WantedBytes / 1024)}, or LimitMEMLOCK= in the unit");
        }
    }

    /// <summary>What the self-tests found.</summary>
    internal SelfTestReport SelfTests => _generator.SelfTests;

    internal void Start() => _generator.Start();

    /// <summary>Waits until blocking readers are served, or the generator is in the error state.</summary>
    internal async Task WhenOperationalAsync(CancellationToken cancellation)
    {
        while (!Manager.Operational && !Manager.Errors.IsEntered)
        {
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void OnLevel(object? sender, LrngLevelChangedEventArgs change) => changed.TrySetResult();
            void OnError() => changed.TrySetResult();
            LevelChanged += OnLevel;
            Manager.Errors.Entered += OnError;
            try
            {
                // What happened before the handlers were there is seen here.
                if (!Manager.Operational && !Manager.Errors.IsEntered)
                {
                    await changed.Task.WaitAsync(cancellation);
                }
            }
            finally
            {
                LevelChanged -= OnLevel;
                Manager.Errors.Entered -= OnError;
            }
        }
    }

    /// <summary>Runs every self-test now.</summary>
    internal SelfTestReport RunSelfTests() => _generator.RunSelfTests();

    /// <summary>Changes a source's credit; counts from the next pull on, for jitter from the next collected block.</summary>
    /// <param name="section">The source's section of the configuration.</param>
    /// <param name="bitsPer256">Credited bits for every 256 data bits, 0..256.</param>
    /// <param name="origin">Who changed it.</param>
    /// <returns>False if there is no such source or its credit is not a setting.</returns>
    /// <exception cref="CommandException">The source is switched off, not in this build, or must not be credited.</exception>
    internal bool TrySetCredit(string section, int bitsPer256, string origin = SetByCommand)
    {
        lock (_changing)
        {
            if (!TrySetCreditCore(section, bitsPer256))
            {
                return false;
            }

            Remember(new IniEntry($"{section}.credit", $"{bitsPer256}", origin));
            return true;
        }
    }

    private bool TrySetCreditCore(string section, int bitsPer256)
    {
        (string known, string name, bool inBuild) = DaemonSettings.Sources.FirstOrDefault(source => source.Section == section);
        if (known is null)
        {
            return false;
        }

        if (!inBuild)
        {
            throw new CommandException($"{section}.credit: this build has no {section} source", "use a build that has it");
        }

        if (!_settings.IsEnabled(section))
        {
            throw new CommandException(
                $"{section}.credit: the {section} source is disabled", $"set {section}.enabled = yes and start the daemon again");
        }

        if (section == "kernel" && bitsPer256 > 0 && _settings.KernelRefusal is { } refusal)
        {
            throw new CommandException($"kernel.credit cannot be above 0 {refusal}", "credit another source", ExitCodes.Usage);
        }

        return _generator.TrySetCredit(name, new SourceCredit(bitsPer256, ConfiguredCredit));
    }

    /// <summary>Replaces the mechanism of every DRNG while requests go on.</summary>
    /// <param name="name">Its name in the configuration.</param>
    /// <param name="origin">Who changed it.</param>
    /// <exception cref="CommandException">There is none of this name, or no memory; everything stays as it was.</exception>
    /// <exception cref="GeneratorFailedException">A self-test failed.</exception>
    internal void SwitchDrng(string name, string origin = SetByCommand)
    {
        if (!Drngs.TryFind(name, out DrngFactory? drng))
        {
            throw Unknown("drng", name, Drngs.All.Select(known => known.Name));
        }

        try
        {
            lock (_changing)
            {
                _generator.SwitchDrng(drng);
                Remember(new IniEntry("drng.mechanism", drng.Name, origin));
            }
        }
        catch (InvalidOperationException error) when (error is not ObjectDisposedException)
        {
            throw new CommandException($"the DRNG stays as it was: {error.Message}", MoreMemory);
        }
    }

    /// <summary>Replaces the hash of every pool while requests go on.</summary>
    /// <inheritdoc cref="SwitchDrng"/>
    internal void SwitchHash(string name, string origin = SetByCommand)
    {
        if (!ConditioningHashes.TryFind(name, out ConditioningHashFactory? hash))
        {
            throw Unknown("hash", name, ConditioningHashes.All.Select(known => known.Name));
        }

        if (_settings.RefusalOf(hash) is { } refusal)
        {
            throw new CommandException($"hash = {name} {refusal}", DaemonSettings.WideHashes, ExitCodes.Usage);
        }

        try
        {
            lock (_changing)
            {
                _generator.SwitchConditioningHash(hash);
                Remember(new IniEntry("seeding.hash", hash.Name, origin));
            }
        }
        catch (InvalidOperationException error) when (error is not ObjectDisposedException)
        {
            throw new CommandException($"the hash stays as it was: {error.Message}", MoreMemory);
        }
    }

    /// <summary>Counts a change as made.</summary>
    internal void Remember(IniEntry change)
    {
        lock (_changing)
        {
            _settings = _settings.With(change);
        }
    }

    /// <summary>Wipes everything. The device has stopped.</summary>
    public void Dispose() => _generator.Dispose();

    private static LrngGeneratorOptions OptionsFor(DaemonSettings settings, TimeProvider clock) => new()
    {
        JitterEnabled = settings.JitterEnabled,
        CpuEnabled = settings.CpuEnabled,
        KernelEnabled = settings.KernelEnabled,
        Interrupts = settings.IsEnabled("interrupts") ? Timer(settings, "interrupts") : null,
        Scheduler = settings.IsEnabled("scheduler") ? Timer(settings, "scheduler") : null,
        OnPermanentFailure = settings.OnPermanentFailure,
        Jitter = new JitterOptions
        {
            Credit = Credit(settings.JitterCredit, JitterOptions.DefaultCredit),
            BufferBlocks = settings.JitterBlocks,
        },
        Cpu = new CpuOptions { Credit = Credit(settings.CpuCredit, CpuOptions.DefaultCredit) },
        KernelCredit = settings.KernelCredit == KernelRngSource.DefaultCredit.BitsPer256 || settings.KernelRefusal is not null
            ? null
            : new SourceCredit(settings.KernelCredit, ConfiguredCredit),
        ForceSeeding = settings.ForceSeeding,
        BitsFromTwoSources = settings.BitsFromTwoSources,
        FeedsAuxiliary = settings.ReliesOnHardware,
        Sp80090C = settings.Oversampling,
        OutputLimit = settings.OutputLimited,
        MaximumReseedAge = settings.ReseedAge,
        MaximumWithoutFullReseed = settings.MaximumWithoutFullReseed,
        CloneGuard = settings.CloneGuard,
        Topology = settings.InstancePerCpu ? SysfsTopology.ForCpus(clock) : SysfsTopology.ForNodes(clock),
        ConditioningHash = ConditioningHashes.All.Single(hash => hash.Name == settings.Hash),
        Drng = Drngs.All.Single(drng => drng.Name == settings.Mechanism),
        CipherKernel = KernelChoice.Cipher(),
        CycleCounter = new ShimCycleCounter(),
        CpuGenerator = SourceFeatures.Cpu ? new ShimCpuGenerator(CpuFlags.Read()) : null,
        TimeProvider = clock,
    };

    private static CommandException Unknown(string key, string name, IEnumerable<string> known) =>
        new($"{key}: '{name}' is not accepted", $"accepted: {string.Join(", ", known)}", ExitCodes.Usage);

    private static TimerSourceOptions Timer(DaemonSettings settings, string section) => new()
    {
        EventsPer256Bits = settings.EventsPer256Bits(section),
        PossibleCpus = CpuList.ReadPossible().Max() + 1,
        Slots = settings.CollectionSize(section),
        ContinuousCompression = settings.ContinuousCompression(section),
        Counter = new ShimCycleCounter(),
    };

    private static SourceCredit Credit(int configured, SourceCredit standard) =>
        configured == standard.BitsPer256 ? standard : new SourceCredit(configured, ConfiguredCredit);
}
