// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// The DRNG manager owns the DRNGs and decides when and with how much entropy they are seeded.
//
//     sources -> seed buffer -> regular DRNG               -> Generate                (this file)
//                            -> prediction-resistance DRNG -> PullPredictionResistant (.PredictionResistance.cs)
//
// .Seeding.cs has the rules by which a seeding happens, .Reseed.cs those that are asked for, SeedingWorker the thread on which
// they happen.

using System.Diagnostics;
using LrngEngine.Memory;
using LrngEngine.Seeding;
using LrngEngine.Sources;
using LrngEngine.Sources.Auxiliary;
using LrngEngine.Timing;
using Microsoft.Extensions.Logging;

namespace LrngEngine.Drng;

/// <summary>LRNG's DRNG manager. Thread-safe.</summary>
internal sealed partial class DrngManager : IDisposable
{
    private readonly IReadOnlyList<EntropySource> _sources;
    private readonly Func<Crypto.Drng> _createDrng;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
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
    internal DrngManager(
        NodeTopology topology,
        SecretArena arena,
        IReadOnlyList<EntropySource> sources,
        Func<Crypto.Drng> createDrng,
        CycleCounter counter,
        TimeProvider clock,
        ILogger logger,
        DrngManagerOptions options)
    {
        _topology = topology;
        _sources = sources;
        _createDrng = createDrng;
        _clock = clock;
        _logger = logger;
        Options = options;
        Auxiliary = (AuxiliaryPool)sources[^1];
        _seedBuffer = new SeedBuffer(arena, sources, counter, logger);
        _seedTotals = new long[sources.Count];
        _sourceBits = new int[sources.Count];
        _reportedSources = new SourceStatus[sources.Count];
        _nodes = [.. topology.Nodes.Select((node, index) =>
            new DrngInstance(node, createDrng(), arena, clock, options, options.MaximumAgeOf(index)))];
        _predictionResistance = createDrng();
        _worker = new SeedingWorker(this, clock, logger);
        foreach (EntropySource source in sources)
        {
            source.EntropyArrived += OnEntropyArrived;
        }
    }

    /// <summary>Raised by the seeding worker when the seed level rose. Handlers must not block.</summary>
    internal event Action<SeedLevel>? LevelRaised;

    /// <summary>Whether blocking readers are served.</summary>
    internal bool Operational => _nodes[0].FullySeeded;

    internal DrngManagerOptions Options { get; }

    /// <summary>Where writes go.</summary>
    internal AuxiliaryPool Auxiliary { get; }

    /// <summary>Starts seeding. Returns at once.</summary>
    internal void Start() => _worker.Start();

    /// <summary>
    /// Fills <paramref name="output"/> from the DRNG of the node that the calling thread runs on, or from the first one while that
    /// is not fully seeded (reference 3.7). Gates are the caller's: the first one serves whatever its seed level.
    /// </summary>
    internal void Generate(Span<byte> output)
    {
        DrngInstance node = _nodes[_topology.CurrentIndex];
        if (!node.FullySeeded)
        {
            node = _nodes[0];
        }

        while (!output.IsEmpty)
        {
            Span<byte> chunk = output[..Math.Min(output.Length, DrngInstance.MaximumChunkBytes)];
            switch (node.Generate(chunk))
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

            output = output[chunk.Length..];
        }
    }

    /// <summary>Has a seeding tried at once that failed before: a source may deliver more now.</summary>
    internal void SourcesChanged() => _worker.Wake();

    /// <summary>The text of LRNG's lrng_type.</summary>
    internal string GetLrngType() => LrngTypeText.Render(GetStatus(), _sources);

    internal DrngManagerStatus GetStatus()
    {
        var sources = new SourceReport[_sources.Count];
        for (int i = 0; i < sources.Length; i++)
        {
            EntropySource source = _sources[i];
            SourceStatus status = source.Status;
            sources[i] = new SourceReport(
                source.Name, status, source.AvailableEntropy(SecurityStrengthBits), Interlocked.Read(ref _seedTotals[i]));
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
        foreach (DrngInstance node in _nodes)
        {
            node.Dispose();
        }

        _predictionResistance.Dispose();
        _seedBuffer.Dispose();
    }

    private void OnEntropyArrived(object? sender, EventArgs arguments)
    {
        Debug.Assert(sender is EntropySource, "raised by a source");
        if (!Operational)
        {
            _worker.Wake();
        }
    }
}
