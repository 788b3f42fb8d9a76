// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// The DRNG manager owns the DRNGs and decides when and with how much entropy they are seeded.
//
//     sources -> seed buffer -> regular DRNG               -> Generate                (this file)
//                            -> prediction-resistance DRNG -> PullPredictionResistant (.PredictionResistance.cs)
//
// .Seeding.cs has the rules by which a seeding happens, .Levels.cs what it leads to, .Reseed.cs those that are asked for,
// .SeedAccess.cs gives a seed away, .Switching.cs replaces the cryptography, SeedingWorker is the thread on which seedings happen.

using System.Diagnostics;
using System.Security.Cryptography;
using LrngEngine.Memory;
using LrngEngine.Seeding;
using LrngEngine.Sources;
using LrngEngine.Sources.Auxiliary;
using LrngEngine.Sources.KernelRng;
using LrngEngine.Timing;
using Microsoft.Extensions.Logging;

namespace LrngEngine.Drng;

/// <summary>LRNG's DRNG manager. Thread-safe.</summary>
internal sealed partial class DrngManager : IDisposable
{
    private readonly IReadOnlyList<EntropySource> _sources;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ILogger _steps;
    private readonly CloneGuard _guard;
    private readonly SeedingWorker _worker;
    private readonly NodeTopology _topology;

    // In the topology's order. The first one is LRNG's init DRNG: seeded first, it stands in for the others.
    private readonly DrngInstance[] _nodes;

    /// <param name="topology">The instances to make.</param>
    /// <param name="arena">Where all secrets of the manager live.</param>
    /// <param name="sources">In LRNG's order, the auxiliary pool last. Owned by the caller.</param>
    /// <param name="createDrng">Makes a DRNG that is keyed without credit, differently each time.</param>
    /// <param name="counter">Time stamps of the seed buffer.</param>
    /// <param name="clock">Ages and deadlines.</param>
    /// <param name="logger">Receives state changes.</param>
    /// <param name="options">Limits.</param>
    /// <param name="steps">Receives each step of a seeding; null: the same.</param>
    /// <param name="guard">What makes copies of the machine part ways; null: nothing.</param>
    /// <param name="errors">Once it is entered nothing is given any more; null: one of its own.</param>
    internal DrngManager(
        NodeTopology topology,
        SecretArena arena,
        IReadOnlyList<EntropySource> sources,
        Func<Crypto.Drng> createDrng,
        CycleCounter counter,
        TimeProvider clock,
        ILogger logger,
        DrngManagerOptions options,
        ILogger? steps = null,
        CloneGuard? guard = null,
        ErrorState? errors = null)
    {
        _topology = topology;
        _sources = sources;
        _createDrng = createDrng;
        _clock = clock;
        _logger = logger;
        _steps = steps ?? logger;
        _guard = guard ?? new CloneGuard(new LinuxKernelRandom(), clock, CloneGuardMode.Off);
        Errors = errors ?? new ErrorState();
        Options = options;
        _maximumReseedSeconds = (int)options.MaximumReseedAge.TotalSeconds;
        Auxiliary = (AuxiliaryPool)sources[^1];
        Demand = new EntropyDemand(Auxiliary);
        _seedBuffer = new SeedBuffer(arena, sources, counter, logger, options.Strategy.Oversampling);
        _seedTotals = new long[sources.Count];
        _sourceBits = new int[sources.Count];
        _prospects = new int[sources.Count];
        _reportedSources = new SourceStatus[sources.Count];
        _nodes = [.. topology.Nodes.Select((node, index) =>
            new DrngInstance(node, createDrng(), arena, clock, options, options.MaximumAgeOf(index)))];
        _predictionResistance = createDrng();
        _handover = arena.Allocate(DrngInstance.HandoverBytes);
        _worker = new SeedingWorker(this, clock, logger);
        foreach (EntropySource source in sources)
        {
            source.EntropyArrived += OnEntropyArrived;
            source.Steps = _steps;
        }
    }

    /// <summary>Raised by the seeding worker when the seed level rose. Handlers must not block.</summary>
    internal event Action<SeedLevel>? LevelRaised;

    /// <summary>Raised by the seeding worker when callers that wait may go on: the level rose, or a full seed lifted the output
    /// limit. Handlers must not block.</summary>
    internal event Action? OutputAvailable;

    /// <summary>Whether blocking readers are served.</summary>
    internal bool Operational => _nodes[0].FullySeeded;

    /// <summary>Whether callers are served who ask for 128 bits only; in the strict strategies they wait for the full seed.</summary>
    internal bool MinimallySeeded => Operational || (!Options.Strategy.IsStrict && Level >= SeedLevel.MinimallySeeded);

    /// <summary>Whether <see cref="GenerateWithinLimit"/> would give anything to a caller on this CPU.</summary>
    internal bool HasOutput => Operational && (CurrentNode.OutputLeft > 0 || _nodes[0].OutputLeft > 0);

    internal DrngManagerOptions Options { get; }

    /// <summary>Every member that gives bytes or seeds throws <see cref="GeneratorFailedException"/> once it is entered.</summary>
    internal ErrorState Errors { get; }

    /// <summary>Where writes go.</summary>
    internal AuxiliaryPool Auxiliary { get; }

    /// <summary>Whether writes are wanted.</summary>
    internal EntropyDemand Demand { get; }

    /// <summary>Starts seeding. Returns at once.</summary>
    internal void Start() => _worker.Start();

    /// <summary>
    /// Fills <paramref name="output"/> from the DRNG of the node that the calling thread runs on, or from the first one while that
    /// is not fully seeded (reference 3.7). For the interface that never waits: it has no gate and no limit.
    /// </summary>
    internal void Generate(Span<byte> output)
    {
        Errors.ThrowIfEntered();
        _ = Generate(CurrentNode, output, withinLimit: false);
        WithholdIfFailed(output);
    }

    /// <summary>The same for callers that passed a gate: ends at the output limit of DRG.4, where that is in force.</summary>
    /// <returns>Bytes generated: fewer than asked for, down to none, only at that limit; <see cref="OutputAvailable"/> tells when
    /// to go on.</returns>
    internal int GenerateWithinLimit(Span<byte> output)
    {
        Errors.ThrowIfEntered();
        DrngInstance node = CurrentNode;
        int produced = Generate(node, output, withinLimit: true);
        if (produced < output.Length && node != _nodes[0])
        {
            produced += Generate(_nodes[0], output[produced..], withinLimit: true);
        }

        WithholdIfFailed(output[..produced]);
        return produced;
    }

    /// <summary>Has a seeding tried at once that failed before: a source may deliver more now.</summary>
    internal void SourcesChanged() => _worker.Wake();

    /// <summary>The text of LRNG's lrng_type.</summary>
    internal string GetLrngType() => LrngTypeText.Render(GetStatus(), _sources);

    internal DrngManagerStatus GetStatus()
    {
        int request = AllNodesSeeded ? SecurityStrengthBits : Options.Strategy.Instantiation(wasFullySeeded: false).RequestBits;
        var sources = new SourceReport[_sources.Count];
        for (int i = 0; i < sources.Length; i++)
        {
            EntropySource source = _sources[i];
            SourceStatus status = source.Status;
            sources[i] = new SourceReport(
                source.Name, status, source.AvailableEntropy(request), Interlocked.Read(ref _seedTotals[i]));
        }

        return new DrngManagerStatus(
            Level,
            _nodes[0].Name,
            SecurityStrengthBits,
            Options.Strategy,
            AllNodesSeeded,
            [.. _nodes.Select(node => node.Report())],
            Interlocked.Read(ref _predictionResistancePulls),
            Interlocked.Read(ref _predictionResistanceBytes),
            sources);
    }

    /// <summary>Stops seeding and wipes all state. Callers have stopped generating.</summary>
    public void Dispose()
    {
        foreach (EntropySource source in _sources)
        {
            source.EntropyArrived -= OnEntropyArrived;
        }

        _worker.Dispose();
        CancelWaiters();
        foreach (DrngInstance node in _nodes)
        {
            node.Dispose();
        }

        _predictionResistance.Dispose();
        _handover.Dispose();
        _seedBuffer.Dispose();
    }

    private DrngInstance CurrentNode
    {
        get
        {
            DrngInstance node = _nodes[_topology.CurrentIndex];
            return node.FullySeeded ? node : _nodes[0];
        }
    }

    private int Generate(DrngInstance node, Span<byte> output, bool withinLimit)
    {
        Span<byte> room = stackalloc byte[CloneGuard.Bytes];
        ReadOnlySpan<byte> fresh = output.IsEmpty ? [] : _guard.Fresh(room);
        int produced = 0;
        bool goesOn = true;
        while (goesOn && produced < output.Length)
        {
            Span<byte> chunk = output.Slice(produced, Math.Min(output.Length - produced, DrngInstance.MaximumChunkBytes));
            produced += node.Generate(chunk, fresh, withinLimit, out GenerateOutcome outcome);
            goesOn = React(node, outcome);
            fresh = [];
        }

        CryptographicOperations.ZeroMemory(room);
        return produced;
    }

    // What was generated while a self-test failed is not given: no call returns output after the error state was entered.
    private void WithholdIfFailed(Span<byte> output)
    {
        if (Errors.IsEntered)
        {
            CryptographicOperations.ZeroMemory(output);
            Errors.ThrowIfEntered();
        }
    }

    // Whether the request goes on.
    private bool React(DrngInstance node, GenerateOutcome outcome)
    {
        switch (outcome)
        {
            case GenerateOutcome.ReseedDue:
                _worker.Wake();
                break;
            case GenerateOutcome.SeedLost:
                OnSeedLost(node);
                break;
            default:
                break;
        }

        return outcome != GenerateOutcome.LimitReached;
    }

    private void OnEntropyArrived(object? sender, EventArgs arguments)
    {
        Debug.Assert(sender is EntropySource, "raised by a source");
        if (!AllNodesSeeded || _nodes.Any(node => node.OutputRunsLow))
        {
            _worker.Wake();
        }
    }
}
