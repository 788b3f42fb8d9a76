// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// Reseeds that somebody asks for.


namespace LrngEngine.Drng;

internal sealed partial class DrngManager
{
    private readonly Lock _waitersLock = new();

    // Guarded by _waitersLock.
    private List<TaskCompletionSource<bool>> _reseedWaiters = [];

    // Below this the seeding worker would do nothing else, with requests or without.
    private static readonly TimeSpan s_leastReseedAge = TimeSpan.FromSeconds(1);

    private volatile int _maximumReseedSeconds;

    /// <summary>Age in seconds at which the first DRNG's seed is replaced (urandom_min_reseed_secs); the others follow in steps.</summary>
    internal int MaximumReseedSeconds => _maximumReseedSeconds;

    /// <summary>Sets <see cref="MaximumReseedSeconds"/>; 0 acts as 1.</summary>
    /// <returns>False, and nothing has changed, if it is negative.</returns>
    internal bool TrySetMaximumReseedSeconds(int seconds)
    {
        if (seconds < 0)
        {
            return false;
        }

        var age = TimeSpan.FromSeconds(seconds);
        age = age > s_leastReseedAge ? age : s_leastReseedAge;
        _maximumReseedSeconds = seconds;
        for (int i = 0; i < _nodes.Length; i++)
        {
            _nodes[i].MaximumAge = DrngManagerOptions.StaggeredAge(age, i);
        }

        _worker.Wake();
        return true;
    }

    /// <summary>Has every DRNG that serves output reseeded at the next opportunity, by one pull each; readers go on meanwhile.</summary>
    /// <param name="byFeeder">It is only to take in what a feeder wrote: it invites nobody to write, or that would never end.</param>
    internal void RequestReseed(bool byFeeder = false)
    {
        foreach (DrngInstance node in _nodes)
        {
            node.RequestReseed(byFeeder);
        }

        OutdateOutput();
        _worker.Wake();
    }

    /// <summary>Reseeds every DRNG that serves output with a full seed, by repeated pulls where sources are weak.</summary>
    /// <returns>Whether every one of them got a full seed; those that did not took what there was.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up waiting; the reseed happens all the same. Or the manager
    /// was disposed.</exception>
    /// <exception cref="GeneratorFailedException">The generator is in the error state.</exception>
    internal Task<bool> ReseedAsync(CancellationToken cancellation)
    {
        var waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waitersLock)
        {
            _reseedWaiters.Add(waiter);
        }

        _worker.Wake();
        return waiter.Task.WaitAsync(cancellation);
    }

    // The worker has ended.
    private void CancelWaiters()
    {
        lock (_waitersLock)
        {
            _reseedWaiters.ForEach(waiter => waiter.TrySetCanceled());
            _reseedWaiters.Clear();
        }
    }

    private void RefuseWaiters()
    {
        foreach (TaskCompletionSource<bool> waiter in TakeWaiters())
        {
            waiter.SetException(Errors.ToException());
        }
    }

    private List<TaskCompletionSource<bool>> TakeWaiters()
    {
        lock (_waitersLock)
        {
            List<TaskCompletionSource<bool>> waiters = _reseedWaiters;
            _reseedWaiters = [];
            return waiters;
        }
    }

    // A full seed where the sources can give it; otherwise what one pull gives, as any reseed.
    private bool ReseedFully(DrngInstance node)
    {
        bool reachable;
        lock (_seedingLock)
        {
            reachable = CanReach(Options.Strategy.Instantiation(node.FullySeeded), out _);
        }

        if (reachable)
        {
            bool full = SeedFully(node);
            Demand.Invite();
            return full;
        }

        if (node.FullySeeded)
        {
            Reseed(node);
        }

        return false;
    }

    // Called by the seeding worker. Who asks while it runs is served by the next turn.
    private void ReseedForWaiters()
    {
        List<TaskCompletionSource<bool>> waiters = TakeWaiters();
        if (waiters.Count == 0)
        {
            return;
        }

        bool full = false;
        try
        {
            // Every one, also after one that got less.
            full = _nodes.Count(ReseedFully) == _nodes.Length;
        }
        finally
        {
            foreach (TaskCompletionSource<bool> waiter in waiters)
            {
                waiter.SetResult(full);
            }
        }
    }
}
