// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngEngine.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LrngEngine.Timing;

/// <summary>
/// The step of the clock behind all timer-based sources, which share one: the greatest common divisor of the first
/// <see cref="WindowStamps"/> stamps (LRNG es_timer_common). Until it is known, events keep whole stamps. Thread-safe.
/// </summary>
/// <remarks>LRNG cuts stamps to 32 bits before, which loses every factor but powers of two once the clock has passed 2^32; here
/// the divisor is that of the 64-bit stamps. LRNG's second window has one stamp less; here all are alike.</remarks>
public sealed class GreatestCommonDivisor : IDisposable
{
    /// <summary>Stamps that one calculation takes.</summary>
    internal const int WindowStamps = 100;

    /// <summary>A step from here on, one microsecond, is that of a clock without high resolution, and is cut to this.</summary>
    internal const uint Largest = 1000;

    /// <summary>Bytes of an arena that it takes.</summary>
    internal const int ArenaBytes = WindowStamps * sizeof(ulong);

    private readonly ILogger _logger;

    // All guarded by _lock; the volatile ones may be read without it.
    private readonly Lock _lock = new();
    private readonly SecretBuffer _window;
    private int _count;
    private bool _disposed;
    private volatile uint _value;
    private volatile uint _lastKnown;
    private volatile bool _isCoarse;

    /// <summary>Makes one that knows nothing yet.</summary>
    /// <param name="arena">Where the stamps of the window live: 800 bytes.</param>
    /// <param name="logger">Receives the divisor.</param>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public GreatestCommonDivisor(SecretArena arena, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(arena);
        _logger = logger ?? NullLogger.Instance;
        _window = arena.Allocate(ArenaBytes);
    }

    /// <summary>The divisor, 1..1000; 0 while it is being calculated.</summary>
    public uint Value => _value;

    /// <summary>The divisor that was in use last, which health tests go on with while another one is calculated, so that a fault
    /// does not look different in the meantime; 0 before the first one.</summary>
    internal uint LastKnown => _lastKnown;

    /// <summary>Whether the last calculation found a step of a microsecond or more.</summary>
    internal bool IsCoarse => _isCoarse;

    /// <summary>Takes a stamp that its source keeps whole. The one after a full window makes the divisor known.</summary>
    internal void Add(ulong stamp)
    {
        lock (_lock)
        {
            if (_value != 0 || _disposed)
            {
                return;
            }

            Span<ulong> window = MemoryMarshal.Cast<byte, ulong>(_window.Span);
            if (_count < WindowStamps)
            {
                window[_count++] = stamp;
                return;
            }

            Calculate(window);
        }
    }

    /// <summary>Calculates it anew after a health test failed; <see cref="LastKnown"/> stays.</summary>
    internal void Recalibrate()
    {
        lock (_lock)
        {
            _value = 0;
            Empty();
        }
    }

    /// <summary>Forgets everything: the clock may be another one.</summary>
    internal void Reset()
    {
        lock (_lock)
        {
            _value = 0;
            _lastKnown = 0;
            Empty();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _window.Dispose();
        }
    }

    // Under _lock.
    private void Calculate(ReadOnlySpan<ulong> window)
    {
        ulong gcd = 0;
        foreach (ulong stamp in window)
        {
            gcd = Of(gcd, stamp);
        }

        Empty();
        _isCoarse = gcd >= Largest;
        if (_isCoarse)
        {
            Log.LargeDivisor(_logger, gcd);
        }

        uint divisor = (uint)Math.Clamp(gcd, 1, Largest);
        _lastKnown = divisor;
        _value = divisor;
        Log.Divisor(_logger, divisor);
    }

    // Under _lock.
    private void Empty()
    {
        _count = 0;
        if (!_disposed)
        {
            _window.Wipe();
        }
    }

    // Euclid; gcd(0, x) = x.
    private static ulong Of(ulong a, ulong b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
