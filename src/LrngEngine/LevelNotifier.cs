// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Seeding;
using Microsoft.Extensions.Logging;

namespace LrngEngine;

/// <summary>
/// Tells of changes of the seed level on a thread of the pool, one at a time and in order: a handler may block, throw or dispose
/// the generator, and the seeding worker goes on. Changes that follow each other faster than they are told become one.
/// </summary>
internal sealed class LevelNotifier
{
    private readonly Func<SeedLevel> _current;
    private readonly Action<SeedLevel> _tell;
    private readonly ILogger _logger;

    // Changes that were not looked at yet; whoever makes it 1 starts the thread.
    private int _changes;

    // Used by that thread only.
    private SeedLevel _told;

    /// <param name="current">The level now.</param>
    /// <param name="tell">Calls the handlers.</param>
    /// <param name="logger">Receives what they throw.</param>
    internal LevelNotifier(Func<SeedLevel> current, Action<SeedLevel> tell, ILogger logger)
    {
        _current = current;
        _tell = tell;
        _logger = logger;
        _told = current();
    }

    /// <summary>To be called after each change. Does not block.</summary>
    internal void Changed()
    {
        if (Interlocked.Increment(ref _changes) == 1)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(static notifier => notifier.Tell(), this, preferLocal: false);
        }
    }

    private void Tell()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _changes);
            SeedLevel level = _current();
            if (level != _told)
            {
                _told = level;
                TellOnce(level);
            }
        }
        while (Interlocked.Add(ref _changes, -seen) != 0);
    }

    private void TellOnce(SeedLevel level)
    {
        try
        {
            _tell(level);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Log.LevelHandlerFailed(_logger, error);
        }
    }
}
