// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// What seedings lead to: the seed level, its loss, and the words about both (reference 3.9, 4.5).

using LrngEngine.Seeding;
using LrngEngine.Sources;

namespace LrngEngine.Drng;

internal sealed partial class DrngManager
{
    // Used by the seeding worker only.
    private readonly SourceStatus[] _reportedSources;
    private (int CollectedBits, string Sources) _reportedMissing;
    private bool _allSeededReported;

    // What seedings of the first instance reached; falls back to the minimum when it loses its full seed. Guarded by _levelLock.
    private readonly Lock _levelLock = new();
    private SeedLevel _reachedLevel;

    /// <summary>Raised on a caller's thread when the seed level fell. Handlers must not block.</summary>
    internal event Action<SeedLevel>? LevelLowered;

    /// <summary>Raised, on any thread, when output that somebody read before and kept should not be used any more: a DRNG took a seed
    /// or lost its full one, or somebody asked for that. Handlers must not block.</summary>
    internal event Action? OutputOutdated;

    /// <summary>The seed level of the first instance, which gates the blocking interfaces.</summary>
    internal SeedLevel Level
    {
        get
        {
            lock (_levelLock)
            {
                return _reachedLevel;
            }
        }
    }

    /// <summary>Tells those who keep output that it is not to be used any more.</summary>
    internal void OutdateOutput() => OutputOutdated?.Invoke();

    /// <summary>
    /// Gives up everything collected and every full seed: a health test failed, or the machine was copied. DRNGs keep their
    /// state, which does no harm; nobody who asks for a seeded generator is served before it is seeded afresh (reference 3.9).
    /// </summary>
    internal void Reset(string reason)
    {
        // A seeding that is under way counts nothing; the sources are emptied by the worker, or before the next pull.
        Interlocked.Exchange(ref _discardRequested, 1);
        foreach (DrngInstance node in _nodes)
        {
            node.Reset();
        }

        SeedLevel lowered;
        lock (_levelLock)
        {
            Volatile.Write(ref _epoch, _epoch + 1);

            // The first instance may have been seeded afresh already, while the others were still being reset.
            lowered = Operational ? SeedLevel.FullySeeded : SeedLevel.Unseeded;
            _reachedLevel = lowered;
        }

        OutdateOutput();
        Log.Reset(_logger, reason);
        if (lowered != SeedLevel.FullySeeded)
        {
            LevelLowered?.Invoke(lowered);
        }

        _worker.Wake();
    }

    // Whether a seed of so many bits would bring the generator to a level below the full one that releases anybody.
    private bool RaisesLevel(int bits) => !Options.Strategy.IsStrict && LevelOf(bits) > Level;

    // The full level is the strategy's matter alone.
    private static SeedLevel LevelOf(int bits) => bits switch
    {
        >= (int)SeedLevel.MinimallySeeded => SeedLevel.MinimallySeeded,
        >= (int)SeedLevel.InitiallySeeded => SeedLevel.InitiallySeeded,
        _ => SeedLevel.Unseeded,
    };

    // Stages are skipped when enough entropy is there at once. Meanwhile the seed may have been lost again, or given up.
    private void RaiseLevel(int collectedBits, int epoch)
    {
        SeedLevel reached;
        lock (_levelLock)
        {
            // A full seed that still counts is no other epoch's: the instance looked when it took it.
            reached = Operational ? SeedLevel.FullySeeded
                : epoch == _epoch ? LevelOf(collectedBits)
                : SeedLevel.Unseeded;
            if (reached <= _reachedLevel)
            {
                return;
            }

            _reachedLevel = reached;
        }

        switch (reached)
        {
            case SeedLevel.FullySeeded:
                Log.FullyOperational(_logger);
                Log.FullySeeded(_logger, collectedBits);
                break;
            case SeedLevel.MinimallySeeded:
                Log.MinimallySeeded(_logger, collectedBits);
                break;
            default:
                Log.InitiallySeeded(_logger, collectedBits);
                break;
        }

        LevelRaised?.Invoke(reached);
    }

    // Another instance that loses its full seed is served by the first one until it has a new one.
    private void OnSeedLost(DrngInstance node)
    {
        OutdateOutput();
        if (node == _nodes[0])
        {
            LowerLevel();
        }
        else
        {
            Log.NodeLostSeed(_logger, node.Node);
        }

        _worker.Wake();
    }

    // Nothing is lowered, or told, if the worker has brought a new seed meanwhile.
    private void LowerLevel()
    {
        lock (_levelLock)
        {
            if (_reachedLevel != SeedLevel.FullySeeded || Operational)
            {
                return;
            }

            _reachedLevel = SeedLevel.MinimallySeeded;
        }

        Log.NonOperational(_logger);
        LevelLowered?.Invoke(SeedLevel.MinimallySeeded);
    }

    // A source is mentioned when it is first looked at and when its state, credit or reason changed.
    private void ReportSources()
    {
        for (int i = 0; i < _sources.Count; i++)
        {
            SourceStatus status = _sources[i].Status with { Details = "" };
            if (status != _reportedSources[i])
            {
                _reportedSources[i] = status;
                Log.SourceChanged(_logger, _sources[i].Name, status.State, status.Credit, status.Reason);
            }
        }
    }

    // Attempts are repeated every second; the same words are not.
    private void ReportMissing(int collectedBits, SeedGoal goal)
    {
        string sources;
        lock (_seedingLock)
        {
            sources = string.Join("; ", _sources.Select((source, index) => source.KeepsStock
                ? $"{source.Name} has {_prospects[index]} bits"
                : $"{source.Name} {source.Status.Credit} of 256 bits"));
        }

        if ((collectedBits, sources) != _reportedMissing)
        {
            _reportedMissing = (collectedBits, sources);
            string rule = goal.BitsFromTwoSources > 0 ? $", and two sources must each give {goal.BitsFromTwoSources}" : "";
            Log.NotSeeded(_logger, collectedBits, goal.NeededBits, rule, sources);
        }
    }

    private void ReportAllSeeded()
    {
        if (!_allSeededReported)
        {
            _allSeededReported = true;
            Log.AllNodesSeeded(_logger, _nodes.Length);
        }
    }
}
