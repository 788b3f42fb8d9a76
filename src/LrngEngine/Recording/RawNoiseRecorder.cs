// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Recording;

/// <summary>
/// A bounded queue of raw noise values for an assessment by SP 800-90B 3.1.1: a source that records diverts its values here
/// and never uses them for seeding, so they are not secret. Thread-safe.
/// </summary>
/// <remarks>A full queue drops the newest value and counts it, and everything after it until the next <see cref="Start"/>: what is
/// read is one contiguous run, and its end is never silent. An assessment uses only recordings with 0 overruns.</remarks>
public sealed class RawNoiseRecorder
{
    /// <summary>Capacity of LRNG's recording ring in values.</summary>
    public const int DefaultCapacity = 1024;

    // All guarded by _lock, but _active may be read without it to keep idle sources fast.
    private readonly Lock _lock = new();
    private ulong[] _ring;
    private int _first;
    private int _count;
    private long _overruns;
    private volatile bool _requested;
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

    /// <summary>Whether somebody waits for a recording to begin, or has one.</summary>
    public bool IsWanted => _requested || _active;

    /// <summary>Values that can be read.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>Values lost since <see cref="Start"/>: to a full queue, or told by <see cref="Lose"/>.</summary>
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
            StartCore();
        }
    }

    /// <summary>Asks for a recording, which begins with <see cref="StartRequested"/>: when whoever delivers events delivers all.</summary>
    /// <param name="capacity">Values that can wait to be read. What is queued is forgotten.</param>
    public void Request(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        lock (_lock)
        {
            _active = false;
            _ring = new ulong[capacity];
            Clear();
            _overruns = 0;
            _requested = true;
        }
    }

    /// <summary>Begins the recording that was asked for, if one was.</summary>
    public void StartRequested()
    {
        lock (_lock)
        {
            if (_requested)
            {
                StartCore();
            }
        }
    }

    /// <summary>Ends the recording, or takes the request back. What is queued can still be read.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _requested = false;
            _active = false;
        }
    }

    /// <summary>Tells of values that did not get this far. They end the run as those that found no room do.</summary>
    public void Lose(long values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(values);
        lock (_lock)
        {
            _overruns += _active ? values : 0;
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

            if (_overruns > 0 || _count == _ring.Length)
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
            int taken = Peek(values);
            Skip(taken);
            return taken;
        }
    }

    /// <summary>Copies the oldest values and leaves them in the queue, for a reader that may fail to pass them on.</summary>
    /// <returns>How many were written to <paramref name="values"/>; 0 if none waits.</returns>
    public int Peek(Span<ulong> values)
    {
        lock (_lock)
        {
            int copied = Math.Min(values.Length, _count);
            for (int i = 0; i < copied; i++)
            {
                values[i] = _ring[(_first + i) % _ring.Length];
            }

            return copied;
        }
    }

    /// <summary>Drops the oldest values: those that were copied by the only reader.</summary>
    public void Skip(int values)
    {
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(values);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(values, _count);
            _first = (_first + values) % _ring.Length;
            _count -= values;
        }
    }

    // The two below under _lock.
    private void StartCore()
    {
        Clear();
        _overruns = 0;
        _requested = false;
        _active = true;
    }

    private void Clear()
    {
        _first = 0;
        _count = 0;
        Array.Clear(_ring);
    }
}
