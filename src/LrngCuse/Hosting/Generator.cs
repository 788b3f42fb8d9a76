// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Hosting.Configuration;
using LrngCuse.Interop;
using LrngEngine.Crypto;
using LrngEngine.Drng;
using LrngEngine.Memory;
using LrngEngine.Seeding;
using LrngEngine.Sources;
using LrngEngine.Sources.Auxiliary;
using LrngEngine.Sources.Cpu;
using LrngEngine.Sources.Jitter;
using LrngEngine.Sources.KernelRng;
using LrngEngine.Timing;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Hosting;

/// <summary>The engine as this daemon uses it: builds the sources and the manager from the settings, and owns them.</summary>
internal sealed class Generator : IDisposable
{
    private const string ConfiguredCredit = "set by the administrator";

    private readonly SecretArena _arena;
    private readonly EntropySource[] _sources;

    private Generator(SecretArena arena, EntropySource[] sources, DrngManager manager, string cipherKernel)
    {
        _arena = arena;
        _sources = sources;
        Manager = manager;
        CipherKernel = cipherKernel;
    }

    internal DrngManager Manager { get; }

    /// <summary>Vector width of ChaCha20, for the status.</summary>
    internal string CipherKernel { get; }

    /// <exception cref="CommandException">Memory cannot be locked.</exception>
    internal static Generator Build(DaemonSettings settings, TimeProvider clock, ILogger logger, ILogger steps)
    {
        Shim.CheckAbi();
        ChaCha20Kernel kernel = ChooseKernel(Environment.GetEnvironmentVariable("LRNG_CPU"));
        NodeTopology topology = settings.InstancePerCpu ? SysfsTopology.ForCpus(clock) : SysfsTopology.ForNodes(clock);
        SecretArena arena = MapArena(topology.Nodes.Count);
        CycleCounter counter = new ShimCycleCounter();
        CpuGenerator cpu = new ShimCpuGenerator(CpuFlags.Read());
        KernelRandom kernelRandom = new LinuxKernelRandom();
        var initialKey = new InitialKey(arena, kernelRandom, cpu, counter, clock);

        DrngManagerOptions options = Options(settings);

        // LRNG's order; the auxiliary pool is always last.
        EntropySource[] sources =
        [
            new JitterSource(counter, arena, new JitterOptions { Credit = Credit(settings.JitterCredit, JitterOptions.DefaultCredit) }, clock),
            new CpuSource(cpu, arena, new CpuOptions { Credit = Credit(settings.CpuCredit, CpuOptions.DefaultCredit), OversamplingBits = options.Strategy.OversamplingBits }),
            new KernelRngSource(kernelRandom, Credit(settings.KernelCredit, KernelRngSource.DefaultCredit)),
            new AuxiliaryPool(new Sha512Hash(arena), arena, options.Strategy.OversamplingBits),
        ];
        var manager = new DrngManager(topology, arena, sources, CreateDrng, counter, clock, logger, options, steps);
        return new Generator(arena, sources, manager, kernel.Name);

        LrngEngine.Crypto.Drng CreateDrng()
        {
            var drng = new ChaCha20Drng(arena, kernel);
            initialKey.Apply(drng);
            return drng;
        }
    }

    /// <summary>Changes a source's credit; counts from the next pull on, for jitter from the next collected block.</summary>
    /// <returns>False if there is no such source or its credit is not a setting.</returns>
    internal bool TrySetCredit(string source, int bitsPer256)
    {
        var credit = new SourceCredit(bitsPer256, ConfiguredCredit);
        switch (source)
        {
            case "jitter":
                var jitter = _sources.OfType<JitterSource>().Single();
                jitter.Credit = credit;
                jitter.Discard();
                break;
            case "cpu":
                _sources.OfType<CpuSource>().Single().Credit = credit;
                break;
            case "kernel":
                _sources.OfType<KernelRngSource>().Single().Credit = credit;
                break;
            default:
                return false;
        }

        Manager.SourcesChanged();
        return true;
    }

    /// <summary>Wipes everything. The device has stopped.</summary>
    public void Dispose()
    {
        Manager.Dispose();
        foreach (EntropySource source in _sources)
        {
            source.Dispose();
        }

        _arena.Dispose();
    }

    // The default is ample for the sources and the instances of a small machine.
    private static SecretArena MapArena(int instances)
    {
        const int BytesForEachInstance = 2 * 1024;
        int bytes = SecretArena.DefaultBytes + (instances * BytesForEachInstance);
        try
        {
            return new SecretArena(bytes);
        }
        catch (InvalidOperationException error)
        {
            throw new CommandException(error.Message, $"raise the limit: ulimit -l {(bytes / 1024) + 1}, or LimitMEMLOCK= in the unit");
        }
    }

    private static DrngManagerOptions Options(DaemonSettings settings) => new()
    {
        Strategy = new SeedingStrategy
        {
            BitsFromTwoSources = settings.BitsFromTwoSources,
            Oversampling = settings.Oversampling,
            OutputLimited = settings.OutputLimited,
        },
        MaximumReseedAge = settings.ReseedAge,
        MaximumWithoutFullReseed = settings.MaximumWithoutFullReseed,
    };

    private static ChaCha20Kernel ChooseKernel(string? wanted)
    {
        if (string.IsNullOrEmpty(wanted))
        {
            return ChaCha20Kernels.Best;
        }

        return ChaCha20Kernels.TryFind(wanted, out ChaCha20Kernel? kernel)
            ? kernel
            : throw new CommandException(
                $"LRNG_CPU: '{wanted}' is not accepted on this CPU",
                $"accepted: {string.Join(", ", ChaCha20Kernels.All.Select(known => known.Name))}",
                ExitCodes.Configuration);
    }

    private static SourceCredit Credit(int configured, SourceCredit standard) =>
        configured == standard.BitsPer256 ? standard : new SourceCredit(configured, ConfiguredCredit);
}
