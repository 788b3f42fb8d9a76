// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Device;

/// <summary>
/// A rate for each of any number of keys: a bucket that fills at the rate, holds what a second gives, and is full at first. Kept is
/// only when a bucket will be full again, so that one that is full need not be kept: there are no more of them than keys that were
/// charged within the last seconds. One thread's.
/// </summary>
internal sealed class RateLimit<TKey>(int perSecond, TimeProvider clock)
    where TKey : notnull
{
    private const int LeastSweep = 64;

    private readonly TimeSpan _period = TimeSpan.FromTicks(TimeSpan.TicksPerSecond / perSecond);
    private readonly long _start = clock.GetTimestamp();

    // By key: when its bucket is full again, since _start.
    private readonly Dictionary<TKey, TimeSpan> _fullAt = [];
    private int _sweepAt = LeastSweep;

    /// <summary>Buckets that are kept.</summary>
    internal int Kept => _fullAt.Count;

    private TimeSpan Now => clock.GetElapsedTime(_start);

    /// <summary>How long until there is one in the bucket; zero if there is.</summary>
    internal TimeSpan WaitFor(TKey key)
    {
        if (!_fullAt.TryGetValue(key, out TimeSpan fullAt))
        {
            return TimeSpan.Zero;
        }

        // At t there is one, and perSecond - 1 are missing: t + (perSecond - 1) * period = full.
        TimeSpan wait = fullAt - ((perSecond - 1) * _period) - Now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Takes one out.</summary>
    internal void Charge(TKey key)
    {
        TimeSpan now = Now;
        TimeSpan from = _fullAt.TryGetValue(key, out TimeSpan fullAt) && fullAt > now ? fullAt : now;
        _fullAt[key] = from + _period;
        if (_fullAt.Count >= _sweepAt)
        {
            Sweep(now);
        }
    }

    // Each sweep is paid for by as many charges as it left behind.
    private void Sweep(TimeSpan now)
    {
        foreach ((TKey key, TimeSpan fullAt) in _fullAt)
        {
            if (fullAt <= now)
            {
                _ = _fullAt.Remove(key);
            }
        }

        _sweepAt = Math.Max(LeastSweep, 2 * _fullAt.Count);
    }
}
