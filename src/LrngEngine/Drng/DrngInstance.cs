// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// A DRNG with its lock, counters, age and seed state. What is due is only flagged here; the seeding worker does it, so that a
// reader of a seeded DRNG never waits for an entropy source.

using System.Diagnostics;
using LrngEngine.Memory;

namespace LrngEngine.Drng;

/// <summary>One DRNG that serves output (LRNG's struct lrng_drng).</summary>
internal sealed class DrngInstance : IDisposable
{
    /// <summary>Largest piece generated under one hold of the lock, followed by an update (LRNG_DRNG_MAX_REQSIZE).</summary>
    internal const int MaximumChunkBytes = 4096;

    /// <summary>Bytes that a replaced DRNG gives to its successor (reference 8.6).</summary>
    private const int HandoverBytes = 32;

    private readonly Lock _lock = new();
    private readonly SecretBuffer _handover;
    private readonly DrngManagerOptions _options;
    private readonly TimeProvider _clock;

    // All below guarded by _lock.
    private Crypto.Drng _drng;
    private int _requestsLeft;
    private long _operationsSinceFullSeed;
    private bool _dueReported;
    private long _generatedBytes;
    private long _seedings;
    private long? _seeded;

    // Written under _lock, read without it.
    private volatile bool _fullySeeded;

    private volatile bool _reseedRequested;

    /// <param name="node">NUMA node or CPU that it serves.</param>
    /// <param name="drng">Keyed already, if only without credit: it must not start alike on two machines.</param>
    /// <param name="arena">For the transfer to a successor.</param>
    /// <param name="clock">Tells the age of the seed.</param>
    /// <param name="options">Thresholds.</param>
    /// <param name="maximumAge">Age at which the seed is replaced: a different one for each instance, so that they drift apart.</param>
    internal DrngInstance(
        int node, Crypto.Drng drng, SecretArena arena, TimeProvider clock, DrngManagerOptions options, TimeSpan maximumAge)
    {
        Debug.Assert(options.ReseedThreshold > 0, "a threshold of 0 would never be reached by counting down");
        Node = node;
        MaximumAge = maximumAge;
        _drng = drng;
        _handover = arena.Allocate(HandoverBytes);
        _clock = clock;
        _options = options;
        _requestsLeft = options.ReseedThreshold;
    }

    internal int Node { get; }

    internal TimeSpan MaximumAge { get; }

    /// <summary>Whether the seed in use carried the full amount of credited entropy.</summary>
    internal bool FullySeeded => _fullySeeded;

    internal string Name
    {
        get
        {
            lock (_lock)
            {
                return _drng.Name;
            }
        }
    }

    /// <summary>How long until a reseed is due; zero when it is.</summary>
    internal TimeSpan UntilReseed
    {
        get
        {
            lock (_lock)
            {
                if (_reseedRequested || _dueReported || _seeded is not { } seeded)
                {
                    return TimeSpan.Zero;
                }

                TimeSpan left = MaximumAge - _clock.GetElapsedTime(seeded);
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    internal DrngReport Report()
    {
        lock (_lock)
        {
            TimeSpan? age = _seeded is { } seeded ? _clock.GetElapsedTime(seeded) : null;
            return new DrngReport(Node, _fullySeeded, _seedings, _generatedBytes, _requestsLeft, age);
        }
    }

    internal void RequestReseed() => _reseedRequested = true;

    /// <summary>To be called before the sources are pulled for a reseed: a request that comes during it asks for another one.</summary>
    internal void TakeReseedRequest() => _reseedRequested = false;

    /// <summary>Generates at most <see cref="MaximumChunkBytes"/> bytes and updates the state.</summary>
    internal GenerateOutcome Generate(Span<byte> chunk)
    {
        Debug.Assert(chunk.Length is > 0 and <= MaximumChunkBytes, "one chunk");
        lock (_lock)
        {
            _drng.Generate(chunk);
            _generatedBytes += chunk.Length;
            _requestsLeft--;
            _operationsSinceFullSeed++;
            if (_fullySeeded && _operationsSinceFullSeed > _options.MaximumWithoutFullReseed)
            {
                _fullySeeded = false;
                return GenerateOutcome.SeedLost;
            }

            if (_requestsLeft > 0 || _dueReported)
            {
                return GenerateOutcome.Done;
            }

            _dueReported = true;
            return GenerateOutcome.ReseedDue;
        }
    }

    /// <summary>Mixes a seed into the running DRNG. A seed never takes the full seed away (reference 3.2).</summary>
    internal void Inject(ReadOnlySpan<byte> seed, int creditedBits, bool full)
    {
        lock (_lock)
        {
            _drng.Seed(seed);
            CountSeeding(creditedBits, full);
        }
    }

    /// <summary>
    /// Replaces the DRNG by one that was seeded while it gave no output. 32 bytes of the old state are mixed in, as when the
    /// DRNG is switched, so that nothing that was collected before is lost.
    /// </summary>
    internal void Replace(Crypto.Drng successor, int creditedBits, bool full)
    {
        lock (_lock)
        {
            _drng.Generate(_handover.Span);
            successor.Seed(_handover.Span);
            _handover.Wipe();
            _drng.Dispose();
            _drng = successor;
            CountSeeding(creditedBits, full);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _drng.Dispose();
            _handover.Dispose();
        }
    }

    private void CountSeeding(int creditedBits, bool full)
    {
        _requestsLeft = _options.ReseedThreshold;
        _dueReported = false;
        _seeded = _clock.GetTimestamp();
        _seedings += creditedBits > 0 ? 1 : 0;
        if (full)
        {
            _operationsSinceFullSeed = 0;
            _fullySeeded = true;
        }
    }
}
