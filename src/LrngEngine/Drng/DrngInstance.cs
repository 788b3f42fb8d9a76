// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// A DRNG with its lock, counters, age and seed state. What is due is only flagged here; the seeding worker does it, so that a
// reader of a seeded DRNG never waits for an entropy source.

using System.Diagnostics;
using LrngEngine.Memory;
using LrngEngine.Seeding;

namespace LrngEngine.Drng;

/// <summary>One DRNG that serves output (LRNG's struct lrng_drng).</summary>
internal sealed class DrngInstance : IDisposable
{
    /// <summary>Largest piece generated under one hold of the lock, followed by an update (LRNG_DRNG_MAX_REQSIZE).</summary>
    internal const int MaximumChunkBytes = 4096;

    /// <summary>Bytes that a replaced DRNG gives to its successor (reference 8.6).</summary>
    internal const int HandoverBytes = 32;

    /// <summary>Bytes of an arena that an instance takes beside its DRNG, at most.</summary>
    internal const int ArenaBytes = 64;

    private readonly Lock _lock = new();
    private readonly SecretBuffer _handover;
    private readonly DrngManagerOptions _options;
    private readonly TimeProvider _clock;
    private readonly long _outputLimit;

    // All below guarded by _lock.
    private Crypto.Drng _drng;
    private int _requestsLeft;
    private long _operationsSinceFullSeed;
    private long _bytesSinceFullSeed;
    private bool _dueReported;
    private int _resets;
    private long _generatedBytes;
    private long _seedings;
    private long? _seeded;
    private TimeSpan _maximumAge;

    // Written under _lock, read without it.
    private volatile bool _fullySeeded;

    private volatile bool _reseedRequested;
    private volatile bool _feederRequested;

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
        _maximumAge = maximumAge;
        _drng = drng;
        _handover = arena.Allocate(HandoverBytes);
        _clock = clock;
        _options = options;
        _requestsLeft = options.ReseedThreshold;
        _outputLimit = options.Strategy.OutputLimited ? SeedingStrategy.OutputLimitBytes : long.MaxValue;
    }

    internal int Node { get; }

    /// <summary>Age at which the seed is replaced.</summary>
    internal TimeSpan MaximumAge
    {
        get
        {
            lock (_lock)
            {
                return _maximumAge;
            }
        }

        set
        {
            lock (_lock)
            {
                _maximumAge = value;
            }
        }
    }

    /// <summary>Whether no seed at all was tried yet.</summary>
    internal bool NeverSeeded
    {
        get
        {
            lock (_lock)
            {
                return _seeded is null;
            }
        }
    }

    /// <summary>Bytes that the full seed still pays for; without the limit of DRG.4 that never changes.</summary>
    internal long OutputLeft
    {
        get
        {
            lock (_lock)
            {
                return OutputLeftCore;
            }
        }
    }

    /// <summary>Whether less than a quarter of the output limit is left: the time to reseed ahead of need.</summary>
    internal bool OutputRunsLow => OutputLeft < _outputLimit / 4;

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
                return _feederRequested ? TimeSpan.Zero : AgeLeftUnlessDue;
            }
        }
    }

    // Under _lock.
    private TimeSpan AgeLeftUnlessDue
    {
        get
        {
            if (_reseedRequested || _dueReported || _seeded is not { } seeded)
            {
                return TimeSpan.Zero;
            }

            TimeSpan left = _maximumAge - _clock.GetElapsedTime(seeded);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    internal DrngReport Report()
    {
        lock (_lock)
        {
            TimeSpan? age = _seeded is { } seeded ? _clock.GetElapsedTime(seeded) : null;
            long? outputLeft = _options.Strategy.OutputLimited ? OutputLeftCore : null;
            return new DrngReport(Node, _fullySeeded, _seedings, _generatedBytes, _requestsLeft, age, outputLeft);
        }
    }

    /// <param name="byFeeder">It is only to take in what a feeder wrote.</param>
    internal void RequestReseed(bool byFeeder)
    {
        if (byFeeder)
        {
            _feederRequested = true;
        }
        else
        {
            _reseedRequested = true;
        }
    }

    /// <summary>Whether a reseed is due for no other reason than that a feeder wrote something.</summary>
    internal bool IsDueForFeederOnly
    {
        get
        {
            lock (_lock)
            {
                return _feederRequested && AgeLeftUnlessDue > TimeSpan.Zero;
            }
        }
    }

    /// <summary>To be called before the sources are pulled: a request for a reseed that comes later asks for another one.</summary>
    /// <returns>To be handed over with the seed; a <see cref="Reset"/> in between takes its credit away.</returns>
    internal int BeginSeeding()
    {
        lock (_lock)
        {
            _reseedRequested = false;
            _feederRequested = false;
            return _resets;
        }
    }

    /// <summary>Generates at most <see cref="MaximumChunkBytes"/> bytes and updates the state.</summary>
    /// <param name="chunk">Bytes wanted, at least one.</param>
    /// <param name="additionalInput">Mixed in before.</param>
    /// <param name="withinLimit">Whether the output limit ends it: it does not for the interface that never waits.</param>
    /// <param name="outcome">What it brought about.</param>
    /// <returns>Bytes generated: all, or fewer, down to none, at the output limit.</returns>
    internal int Generate(Span<byte> chunk, ReadOnlySpan<byte> additionalInput, bool withinLimit, out GenerateOutcome outcome)
    {
        Debug.Assert(chunk.Length is > 0 and <= MaximumChunkBytes, "one chunk");
        lock (_lock)
        {
            int bytes = withinLimit ? (int)Math.Min(chunk.Length, OutputLeftCore) : chunk.Length;
            if (bytes > 0)
            {
                _drng.Generate(chunk[..bytes], additionalInput);
                _generatedBytes += bytes;
                _bytesSinceFullSeed += bytes;
                _requestsLeft--;
                _operationsSinceFullSeed++;
            }

            outcome = Judge(limitReached: bytes < chunk.Length);
            return bytes;
        }
    }

    /// <summary>Mixes a seed into the running DRNG. A seed never takes the full seed away (reference 3.2).</summary>
    internal void Inject(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> additionalInput, int creditedBits, bool full, int begun)
    {
        lock (_lock)
        {
            _drng.Seed(seed, additionalInput);
            _ = CountSeeding(creditedBits, full, begun);
        }
    }

    /// <summary>
    /// Replaces the DRNG by one that was seeded while it gave no output. 32 bytes of the old state are mixed in, as when the
    /// DRNG is switched, so that nothing that was collected before is lost.
    /// </summary>
    /// <returns>Whether that made it fully seeded.</returns>
    internal bool Replace(Crypto.Drng successor, int creditedBits, bool full, int begun)
    {
        lock (_lock)
        {
            HandOver(_drng, successor, _handover);
            _drng.Dispose();
            _drng = successor;
            return CountSeeding(creditedBits, full, begun);
        }
    }

    /// <summary>The first half of a switch: seeds a successor with 32 bytes of this DRNG, which goes on.</summary>
    internal void Prepare(Crypto.Drng successor)
    {
        lock (_lock)
        {
            HandOver(_drng, successor, _handover);
        }
    }

    /// <summary>The second half: the successor generates from now on; counters, age and seed state stay (reference 8.6). Cannot
    /// fail.</summary>
    internal void Switch(Crypto.Drng successor)
    {
        lock (_lock)
        {
            Crypto.Drng old = _drng;
            _drng = successor;
            old.Dispose();
        }
    }

    /// <summary>Forgets that it ever was fully seeded; the state stays, it does no harm (reference 2.1).</summary>
    internal void Reset()
    {
        lock (_lock)
        {
            _fullySeeded = false;
            _resets++;
            _operationsSinceFullSeed = 0;
            _requestsLeft = _options.ReseedThreshold;
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

    /// <summary>Seeds a successor with bytes of the DRNG that it replaces.</summary>
    /// <param name="old">Draws them whatever its state.</param>
    /// <param name="successor">Takes them in.</param>
    /// <param name="room"><see cref="HandoverBytes"/>, wiped at the end.</param>
    internal static void HandOver(Crypto.Drng old, Crypto.Drng successor, SecretBuffer room)
    {
        try
        {
            old.Generate(room.Span);
            successor.Seed(room.Span);
        }
        finally
        {
            room.Wipe();
        }
    }

    // Under _lock.
    private long OutputLeftCore => Math.Max(0, _outputLimit - _bytesSinceFullSeed);

    // Under _lock.
    private GenerateOutcome Judge(bool limitReached)
    {
        if (_fullySeeded && _operationsSinceFullSeed > _options.MaximumWithoutFullReseed)
        {
            _fullySeeded = false;
            return GenerateOutcome.SeedLost;
        }

        bool due = _requestsLeft <= 0 || OutputLeftCore < _outputLimit / 4;
        bool reported = _dueReported;
        _dueReported |= due;
        return limitReached ? GenerateOutcome.LimitReached
            : due && !reported ? GenerateOutcome.ReseedDue
            : GenerateOutcome.Done;
    }

    // Under _lock.
    private bool CountSeeding(int creditedBits, bool full, int begun)
    {
        full &= begun == _resets;
        _requestsLeft = _options.ReseedThreshold;
        _dueReported = false;
        _seeded = _clock.GetTimestamp();
        _seedings += creditedBits > 0 ? 1 : 0;
        if (full)
        {
            _operationsSinceFullSeed = 0;
            _bytesSinceFullSeed = 0;
            _fullySeeded = true;
        }

        return full;
    }
}
