// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngEngine.Recording;

/// <summary>
/// A bounded queue of raw noise values for an assessment by SP 800-90B 3.1.1: a source that records diverts its values here
/// and never uses them for seeding, so they are not secret. Thread-safe.
/// </summary>
/// <remarks>A full queue drops the newest value and counts it: what is read stays one contiguous run up to the gap, and the gap is
/// never silent. An assessment uses only recordings with 0 overruns.</remarks>
public sealed class RawNoiseRecorder
{
    /// <summary>Capacity of LRNG's recording ring in values.</summary>
    public const int DefaultCapacity = 1024;

    // All guarded by _lock, but _active may be read without it to keep idle sources fast.
    private readonly Lock _lock = new();
    private readonly ulong[] _ring;
    private int _first;
    private int _count;
    private long _overruns;
    private volatile bool _active;

    /// <summary>Makes a recorder.</summary>
    /// <param name="capacity">Values that can wait to be read.</param>
    /// <param name="active">True to record from the first value on, as the samples after a start must be (SP 800-90B 3.1.4).</param>
    public RawNoiseRecorder(int capacity = DefaultCapacity, bool active = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _ring = new ulong[capacity];
        _active = active;
    }

    /// <summary>Whether values are being diverted.</summary>
    public bool IsActive => _active;

    /// <summary>Values lost to a full queue since <see cref="Start"/>.</summary>
    public long Overruns
    {
        get
        {
            lock (_lock)
            {
                return _overruns;
            }
        }
    }

    /// <summary>Begins a new recording: empties the queue and the overrun count.</summary>
    public void Start()
    {
        lock (_lock)
        {
            Clear();
            _overruns = 0;
            _active = true;
        }
    }

    /// <summary>Ends the recording. What is queued can still be read.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _active = false;
        }
    }

    /// <summary>Offers a value.</summary>
    /// <returns>True if a recording runs: the value is spent (stored or counted as overrun) and must not be used otherwise.</returns>
    public bool TryRecord(ulong value)
    {
        if (!_active)
        {
            return false;
        }

        lock (_lock)
        {
            if (!_active)
            {
                return false;
            }

            if (_count == _ring.Length)
            {
                _overruns++;
                return true;
            }

            _ring[(_first + _count) % _ring.Length] = value;
            _count++;
            return true;
        }
    }

    /// <summary>Takes the oldest values.</summary>
    /// <returns>How many were written to <paramref name="values"/>; 0 if none waits.</returns>
    public int Read(Span<ulong> values)
    {
        lock (_lock)
        {
            int taken = Math.Min(values.Length, _count);
            for (int i = 0; i < taken; i++)
            {
                values[i] = _ring[(_first + i) % _ring.Length];
            }

            _first = (_first + taken) % _ring.Length;
            _count -= taken;
            Debug.Assert(_count >= 0, "no more can be read than was queued");
            return taken;
        }
    }

    private void Clear()
    {
        _first = 0;
        _count = 0;
        Array.Clear(_ring);
    }
}
