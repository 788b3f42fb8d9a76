// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngEngine;

/// <summary>
/// Counts the calls that are inside a generator, so that its memory is unmapped only after the last one has left: a DRNG's state
/// must not vanish under a thread that generates from it. Thread-safe.
/// </summary>
internal sealed class RunningCalls
{
    private readonly object _owner;
    private readonly object _drained = new();
    private int _running;
    private int _closed;

    /// <param name="owner">Named by the exceptions.</param>
    internal RunningCalls(object owner) => _owner = owner;

    internal bool Closed => Volatile.Read(ref _closed) != 0;

    /// <summary>Enters a call; the result is disposed when it ends.</summary>
    /// <exception cref="ObjectDisposedException">The owner is disposed.</exception>
    internal Call Enter()
    {
        // Counted first, then looked: Close looks in the opposite order, so that one of the two sees the other.
        Interlocked.Increment(ref _running);
        if (Closed)
        {
            Leave();
            ThrowIfClosed();
        }

        return new Call(this);
    }

    internal void ThrowIfClosed() => ObjectDisposedException.ThrowIf(Closed, _owner);

    /// <summary>Refuses calls from now on.</summary>
    /// <returns>False if that was done before.</returns>
    internal bool Close() => Interlocked.Exchange(ref _closed, 1) == 0;

    /// <summary>Returns when no call is left. Closed before, and nothing may be called from within a call.</summary>
    internal void AwaitDrained()
    {
        Debug.Assert(Closed, "otherwise new calls go on coming");
        lock (_drained)
        {
            while (Volatile.Read(ref _running) > 0)
            {
                _ = Monitor.Wait(_drained);
            }
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _running) == 0 && Closed)
        {
            lock (_drained)
            {
                Monitor.PulseAll(_drained);
            }
        }
    }

    /// <summary>A call in progress.</summary>
    internal readonly ref struct Call(RunningCalls calls)
    {
        public void Dispose() => calls.Leave();
    }
}
