// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// A DRNG with its lock, counters and seed state. What is due is only flagged here; the seeding worker does it, so that a
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
    private readonly int _reseedThreshold;

    // All below guarded by _lock.
    private Crypto.Drng _drng;
    private int _requestsLeft;
    private bool _reseedFlagged;
    private long _generatedBytes;
    private long _seedings;

    // Written under _lock, read without it.
    private volatile bool _fullySeeded;

    /// <param name="drng">Keyed already, if only without credit: it must not start alike on two machines.</param>
    /// <param name="arena">For the transfer to a successor.</param>
    /// <param name="reseedThreshold">Generate operations after which a reseed is due (LRNG_DRNG_RESEED_THRESH).</param>
    internal DrngInstance(Crypto.Drng drng, SecretArena arena, int reseedThreshold)
    {
        Debug.Assert(reseedThreshold > 0, "a threshold of 0 would never be reached by counting down");
        _drng = drng;
        _handover = arena.Allocate(HandoverBytes);
        _reseedThreshold = reseedThreshold;
        _requestsLeft = reseedThreshold;
    }

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

    internal (long GeneratedBytes, long Seedings, int RequestsLeft) Counters
    {
        get
        {
            lock (_lock)
            {
                return (_generatedBytes, _seedings, _requestsLeft);
            }
        }
    }

    /// <summary>Generates at most <see cref="MaximumChunkBytes"/> bytes and updates the state.</summary>
    /// <returns>True when this request made a reseed due; once for each time it becomes due.</returns>
    internal bool Generate(Span<byte> chunk)
    {
        Debug.Assert(chunk.Length is > 0 and <= MaximumChunkBytes, "one chunk");
        lock (_lock)
        {
            _drng.Generate(chunk);
            _generatedBytes += chunk.Length;
            _requestsLeft--;
            if (_requestsLeft > 0 || _reseedFlagged)
            {
                return false;
            }

            _reseedFlagged = true;
            return true;
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
        _requestsLeft = _reseedThreshold;
        _reseedFlagged = false;
        _seedings += creditedBits > 0 ? 1 : 0;
        _fullySeeded |= full;
    }
}
