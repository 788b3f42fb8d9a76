// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using Microsoft.Extensions.Logging;

namespace LrngEngine.Drng;

/// <summary>The thread on which seedings happen: woken when one is due, asleep otherwise.</summary>
internal sealed class SeedingWorker : IDisposable
{
    // Timers end at 49 days; an administrator may set any age.
    private static readonly TimeSpan s_longestPause = TimeSpan.FromDays(1);

    private static readonly TimeSpan s_startPoll = TimeSpan.FromMilliseconds(50);

    private readonly DrngManager _manager;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly ITimer _deadline;

    // Used by the thread only: the same failure is not logged every second.
    private bool _failed;

    // Written by the thread only.
    private long _rounds;

    private readonly object _signal = new();

    // Guarded by _signal.
    private bool _woken;
    private bool _stopping;
    private bool _started;

    internal SeedingWorker(DrngManager manager, TimeProvider clock, ILogger logger)
    {
        _manager = manager;
        _clock = clock;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "lrng-seeding" };
        _deadline = clock.CreateTimer(static worker => ((SeedingWorker)worker!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Grows with every round of the thread.</summary>
    internal long Rounds => Volatile.Read(ref _rounds);

    internal void Start()
    {
        _started = true;
        _thread.Start();
    }

    internal void Wake()
    {
        lock (_signal)
        {
            _woken = true;
            Monitor.Pulse(_signal);
        }
    }

    public void Dispose()
    {
        lock (_signal)
        {
            _stopping = true;
            Monitor.Pulse(_signal);
        }

        if (_started)
        {
            _thread.Join();
        }

        _deadline.Dispose();
    }

    private void Run()
    {
        AwaitSources();
        do
        {
            TimeSpan pause = Work();
            Volatile.Write(ref _rounds, _rounds + 1);
            _ = _deadline.Change(pause < s_longestPause ? pause : s_longestPause, Timeout.InfiniteTimeSpan);
        }
        while (AwaitWake());
    }

    // Nothing is expected to fail here: errors of sources are caught where they are read. If it does, all the same, seeding goes on
    // with the next attempt, and readers that wait go on waiting.
    private TimeSpan Work()
    {
        try
        {
            TimeSpan pause = _manager.SeedWhatIsDue();
            _failed = false;
            return pause;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            if (!_failed)
            {
                Log.WorkerFailed(_logger, error);
            }

            _failed = true;
            return _manager.Options.RetryInterval;
        }
    }

    // The first seed is to carry every source, so those that still test themselves are given a moment.
    private void AwaitSources()
    {
        long start = _clock.GetTimestamp();
        while (_manager.SourcesStarting && _clock.GetElapsedTime(start) < _manager.Options.SourceStartLimit)
        {
            lock (_signal)
            {
                if (_stopping)
                {
                    return;
                }

                // A source that finished its start-up wakes us; the timeout covers one that fails silently.
                if (!_woken)
                {
                    _ = Monitor.Wait(_signal, s_startPoll);
                }

                _woken = false;
            }

            Volatile.Write(ref _rounds, _rounds + 1);
        }
    }

    // False when the worker must end.
    private bool AwaitWake()
    {
        lock (_signal)
        {
            while (!_woken && !_stopping)
            {
                _ = Monitor.Wait(_signal);
            }

            _woken = false;
            return !_stopping;
        }
    }
}
