// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// LRNG lets the kernel's hardware generators add to the auxiliary pool while it has room, and once after each seeding (reference 5.8).
// Here a thread reads /dev/hwrng for it. A read may block for ever, beyond every signal, so nobody waits for that thread: the memory
// that it reads into is its own, to be wiped when it comes back; otherwise the end of the process does that. For the same reason it
// must not run while the process changes its user, which glibc does by a signal that every thread answers.

using LrngEngine.Sources.Auxiliary;

namespace LrngEngine.Sources.HardwareRng;

/// <summary>The thread <c>lrng-hwrng</c>, which makes the passes of a <see cref="HardwareRngFeed"/> and sleeps while the pool is full.</summary>
internal sealed class HardwareRngThread : IDisposable
{
    private readonly AuxiliaryPool _pool;
    private readonly HardwareRngFeed _feed;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stop = new();
    private readonly AutoResetEvent _invited = new(initialState: false);

    // Guarded by _lock, and so is the disposal of both events.
    private readonly Lock _lock = new();
    private bool _started;
    private bool _stopped;

    /// <param name="options">What is read and where it goes.</param>
    /// <exception cref="InvalidOperationException">Memory cannot be locked.</exception>
    internal HardwareRngThread(HardwareRngOptions options)
    {
        _feed = new HardwareRngFeed(options);
        _thread = new Thread(Run) { Name = "lrng-hwrng", IsBackground = true };
        _pool = options.Pool;
        _pool.EntropyTaken += OnEntropyTaken;
        _pool.Discarded += _feed.Renew;
    }

    internal HardwareRngStatus Status => _feed.Status;

    /// <inheritdoc cref="HardwareRngFeed.Open"/>
    internal void Open() => _feed.Open();

    /// <summary>Starts reading.</summary>
    internal void Start()
    {
        lock (_lock)
        {
            if (!_started && !_stopped)
            {
                _started = true;
                _thread.Start();
            }
        }
    }

    /// <summary>Nothing is fed any more when it returns. Waits for no read that is under way.</summary>
    public void Dispose()
    {
        _pool.EntropyTaken -= OnEntropyTaken;
        _pool.Discarded -= _feed.Renew;
        _feed.Stop();
        lock (_lock)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
            if (_started)
            {
                _stop.Set();
                _ = _invited.Set();
                return;
            }
        }

        Release();
    }

    private void Run()
    {
        try
        {
            while (!_stop.IsSet)
            {
                // A pause is not cut short by an invitation.
                TimeSpan pause = _feed.Pass();
                _ = pause == Timeout.InfiniteTimeSpan ? _invited.WaitOne() : _stop.Wait(pause);
            }
        }
        finally
        {
            Release();
        }
    }

    private void Release()
    {
        _feed.Dispose();
        lock (_lock)
        {
            _stopped = true;
            _stop.Dispose();
            _invited.Dispose();
        }
    }

    private void OnEntropyTaken()
    {
        _feed.Invite();
        lock (_lock)
        {
            // Taken by another thread while this one was being stopped.
            if (!_stopped)
            {
                _ = _invited.Set();
            }
        }
    }
}
