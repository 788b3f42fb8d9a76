// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;

namespace LrngCuse.Device;

/// <summary>
/// Reseeds that writers bring about. Anybody may write, but not keep the sources drained by it: those without privilege cause one
/// reseed in ten seconds, all of them together. One that writes too soon is not forgotten, however many write: its reseed is made
/// when the time is over. Thread-safe.
/// </summary>
internal sealed class WriteReseeds : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    private readonly DrngManager _manager;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;

    private readonly Lock _lock = new();

    // All below guarded by _lock.
    private long? _last;
    private bool _pending;

    internal WriteReseeds(DrngManager manager, TimeProvider clock)
    {
        _manager = manager;
        _clock = clock;
        _timer = clock.CreateTimer(
            static self => ((WriteReseeds)self!).MakePending(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Has a reseed made now, or when one is due again.</summary>
    /// <param name="isPrivileged">Whether the writer may have one at any time; asked only when it is too soon for others.</param>
    internal void Request(Func<bool>? isPrivileged)
    {
        if (IsDue() || isPrivileged?.Invoke() == true)
        {
            _manager.RequestReseed(byFeeder: true);
        }
    }

    public void Dispose() => _timer.Dispose();

    // If not, the timer makes it.
    private bool IsDue()
    {
        lock (_lock)
        {
            if (_pending)
            {
                return false;
            }

            TimeSpan wait = _last is { } last ? s_interval - _clock.GetElapsedTime(last) : TimeSpan.Zero;
            if (wait > TimeSpan.Zero)
            {
                _pending = true;
                _ = _timer.Change(wait, Timeout.InfiniteTimeSpan);
                return false;
            }

            _last = _clock.GetTimestamp();
            return true;
        }
    }

    private void MakePending()
    {
        lock (_lock)
        {
            _pending = false;
            _last = _clock.GetTimestamp();
        }

        _manager.RequestReseed(byFeeder: true);
    }
}
