// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// When and how the regular DRNG is seeded (reference 3.3 to 3.6, 4.4, 4.5).

using LrngEngine.Seeding;
using LrngEngine.Sources;

namespace LrngEngine.Drng;

internal sealed partial class DrngManager
{
    /// <summary>The security strength in bits, and what a full seed must carry (LRNG_FULL_SEED_ENTROPY_BITS).</summary>
    internal const int SecurityStrengthBits = 256;

    // A reseed that could not even collect this much leaves the sources alone (LRNG_MIN_SEED_ENTROPY_BITS).
    private const int MinimumReseedBits = 128;

    // One seeding at a time; held while sources are pulled. Taken before the lock of a DRNG.
    private readonly Lock _seedingLock = new();

    // Guarded by _seedingLock; the bits are those of each source over the pulls of one seeding.
    private readonly SeedBuffer _seedBuffer;
    private readonly int[] _sourceBits;

    // Written under _seedingLock, read with Interlocked.
    private readonly long[] _seedTotals;

    // Used by the seeding worker only.
    private readonly SourceStatus[] _reportedSources;
    private (int CollectedBits, string Sources) _reportedMissing;
    private bool _allSeededReported;

    // What seedings of the first instance reached; falls back to the minimum when it loses its full seed. Guarded by _levelLock.
    private readonly Lock _levelLock = new();
    private SeedLevel _reachedLevel;

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

    /// <summary>Whether every instance serves its own CPUs.</summary>
    internal bool AllNodesSeeded => _nodes.All(node => node.FullySeeded);

    /// <summary>Whether a source is still testing itself, so that a seeding now would do without it.</summary>
    internal bool SourcesStarting => _sources.Any(source => source.Status.State == SourceState.Starting);

    /// <summary>Does what is due now: the first instance first, the others after it in order. Called by the seeding worker only.</summary>
    /// <returns>How long the worker may sleep unless it is woken.</returns>
    internal TimeSpan SeedWhatIsDue()
    {
        ReseedForWaiters();
        foreach (DrngInstance node in _nodes)
        {
            if (!node.FullySeeded)
            {
                _ = SeedFully(node);
            }
            else if (node.UntilReseed == TimeSpan.Zero)
            {
                Reseed(node);
            }

            // What is missing for this one is missing for the next.
            if (!node.FullySeeded)
            {
                return Options.RetryInterval;
            }
        }

        ReportAllSeeded();
        return _nodes.Min(node => node.UntilReseed);
    }

    // Repeated pulls may be added up only while the DRNG emits nothing in between. So they go into a successor that nobody
    // can read from; readers of the nonblocking interface use the old state meanwhile and never wait for a source.
    private bool SeedFully(DrngInstance node)
    {
        int collected;
        bool full;
        bool before = node.FullySeeded;
        lock (_seedingLock)
        {
            node.TakeReseedRequest();
            Crypto.Drng successor = _createDrng();
            collected = SeedRepeatedly(successor, Options.Strategy);
            full = Options.Strategy.IsFull(alreadyFull: false, collected, _sourceBits);
            node.Replace(successor, collected, full);
        }

        ReportSources();
        if (!full)
        {
            ReportMissing(collected);
        }
        else if (!before)
        {
            Log.NodeFullySeeded(_logger, node.Node, collected);
        }

        if (node == _nodes[0])
        {
            RaiseLevel(collected, full);
        }

        return full;
    }

    // Forced seeding (reference 3.3): pulls until the full amount is there or no source delivers any more.
    private int SeedRepeatedly(Crypto.Drng drng, SeedingStrategy strategy)
    {
        int collected = 0;
        int delivering;
        bool repeated = false;
        Array.Clear(_sourceBits);
        do
        {
            if (repeated)
            {
                Log.ForceSeeding(_logger);
            }

            collected += PullInto(drng);
            delivering = _seedBuffer.DeliveringSources;
            repeated = true;
        }
        while (!strategy.IsFull(alreadyFull: false, collected, _sourceBits) && delivering >= strategy.NecessarySources);

        _seedBuffer.Wipe();
        return collected;
    }

    private int PullInto(Crypto.Drng drng)
    {
        int bits = _seedBuffer.Fill(SecurityStrengthBits);
        CountPull();
        drng.Seed(_seedBuffer.Content);
        return bits;
    }

    // A fully seeded DRNG takes one pull and goes on with it, whatever it carried.
    private void Reseed(DrngInstance node)
    {
        lock (_seedingLock)
        {
            node.TakeReseedRequest();
            int available = _sources.Sum(source => source.AvailableEntropy(SecurityStrengthBits));
            int collected = 0;
            if (available >= MinimumReseedBits)
            {
                collected = _seedBuffer.Fill(SecurityStrengthBits);
                CountPull();
            }
            else
            {
                _seedBuffer.FillUncredited();
            }

            Log.Seeding(_logger, _seedBuffer.Content.Length);
            bool full = Options.Strategy.IsFull(alreadyFull: true, collected, _seedBuffer.CreditedBits);
            node.Inject(_seedBuffer.Content, collected, full);
            _seedBuffer.Wipe();
        }

        ReportSources();
    }

    private void CountPull()
    {
        for (int i = 0; i < _sources.Count; i++)
        {
            int bits = _seedBuffer.CreditedBits[i];
            _sourceBits[i] += bits;
            Interlocked.Add(ref _seedTotals[i], bits);
            Log.Obtained(_logger, bits, _sources[i].Name);
        }
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
    private void ReportMissing(int collectedBits)
    {
        string sources = string.Join("; ", _sources.Select(source => $"{source.Name} {source.Status.Credit} of 256 bits"));
        if ((collectedBits, sources) != _reportedMissing)
        {
            _reportedMissing = (collectedBits, sources);
            Log.NotSeeded(_logger, collectedBits, SecurityStrengthBits, sources);
        }
    }

    // Reference 4.5. Stages are skipped when enough entropy is there at once. The full level is the strategy's matter alone.
    private void RaiseLevel(int collectedBits, bool full)
    {
        SeedLevel reached = collectedBits switch
        {
            _ when full => SeedLevel.FullySeeded,
            >= (int)SeedLevel.MinimallySeeded => SeedLevel.MinimallySeeded,
            >= (int)SeedLevel.InitiallySeeded => SeedLevel.InitiallySeeded,
            _ => SeedLevel.Unseeded,
        };
        lock (_levelLock)
        {
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

    // Reference 3.9. Another instance that loses its full seed is served by the first one until it has a new one.
    private void OnSeedLost(DrngInstance node)
    {
        if (node == _nodes[0])
        {
            lock (_levelLock)
            {
                _reachedLevel = SeedLevel.MinimallySeeded;
            }

            Log.NonOperational(_logger);
        }
        else
        {
            Log.NodeLostSeed(_logger, node.Node);
        }

        _worker.Wake();
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
