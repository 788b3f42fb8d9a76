// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// When and how the DRNGs are seeded (reference 3.3 to 3.6).

using LrngEngine.Seeding;
using LrngEngine.Sources;

namespace LrngEngine.Drng;

internal sealed partial class DrngManager
{
    /// <summary>The security strength in bits.</summary>
    internal const int SecurityStrengthBits = SeedingStrategy.StrengthBits;

    // One seeding at a time; held while sources are pulled. Taken before the lock of a DRNG.
    private readonly Lock _seedingLock = new();

    // Guarded by _seedingLock; the bits are those of each source over the pulls of one seeding.
    private readonly SeedBuffer _seedBuffer;
    private readonly int[] _sourceBits;

    // Written under _seedingLock, read with Interlocked.
    private readonly long[] _seedTotals;

    // Guarded by _seedingLock: makes a DRNG that is keyed without credit.
    private Func<Crypto.Drng> _createDrng;

    // Guarded by _seedingLock: what each source could give.
    private readonly int[] _prospects;

    // Counts resets: what a pull that began before one carries was given up by it. Written under _levelLock.
    private int _epoch;

    // Written under _seedingLock, read with Interlocked.
    private long _pulls;

    // Set by a reset, taken by the worker or with the next pull.
    private int _discardRequested;

    /// <summary>Whether every instance serves its own CPUs.</summary>
    internal bool AllNodesSeeded => _nodes.All(node => node.FullySeeded);

    /// <summary>Whether a source is still testing itself, so that a seeding now would do without it. One that waits for events of the
    /// machine may take any time, and is not counted.</summary>
    internal bool SourcesStarting => _sources.Any(source => !source.KeepsStock && source.Status.State == SourceState.Starting);

    /// <summary>Grows as long as seeding makes progress: with every pull and every round of the worker, which is woken by this question.
    /// A worker that is stuck leaves it as it was.</summary>
    internal long AskProgress()
    {
        long progress = _worker.Rounds + Interlocked.Read(ref _pulls);
        _worker.Wake();
        return progress;
    }

    /// <summary>Does what is due now: the first instance first, the others after it in order. Called by the seeding worker only.</summary>
    /// <returns>How long the worker may sleep unless it is woken.</returns>
    internal TimeSpan SeedWhatIsDue()
    {
        // Nothing is given any more, so nothing needs a seed; whoever asks for a reseed is told.
        if (Errors.IsEntered)
        {
            RefuseWaiters();
            return Timeout.InfiniteTimeSpan;
        }

        lock (_seedingLock)
        {
            DiscardIfRequested();
        }

        ReseedForWaiters();
        bool missing = false;
        foreach (DrngInstance node in _nodes)
        {
            if (!node.FullySeeded)
            {
                // What is missing for this one is missing for the next.
                if (!SeedFullyIfWorthwhile(node))
                {
                    return Options.RetryInterval;
                }
            }
            else if (node.OutputRunsLow)
            {
                missing |= !SeedFullyIfWorthwhile(node);
            }
            else if (node.UntilReseed == TimeSpan.Zero)
            {
                Reseed(node);
            }
        }

        if (missing)
        {
            return Options.RetryInterval;
        }

        ReportAllSeeded();
        return _nodes.Min(node => node.UntilReseed);
    }

    // A stock of entropy is not to be used up a little at a time for seeds that are never full. Attempts that cannot reach the
    // full amount are made for the levels before it, and once while no stock is spent by it, so that data without credit is
    // mixed in.
    private bool SeedFullyIfWorthwhile(DrngInstance node)
    {
        SeedGoal goal = Options.Strategy.Instantiation(node.FullySeeded);
        int available;
        bool reachable;
        bool stocked;
        lock (_seedingLock)
        {
            reachable = CanReach(goal, out available);
            stocked = _sources.Where((source, index) => source.KeepsStock && _prospects[index] > 0).Any();
        }

        if (reachable || (node.NeverSeeded && !stocked) || (node == _nodes[0] && RaisesLevel(available)))
        {
            bool full = SeedFully(node);
            Demand.Invite();
            return full;
        }

        ReportSources();
        ReportMissing(available, goal);
        return false;
    }

    // Under _seedingLock. What is made at each request can be asked for again and again, if pulls are repeated.
    private bool CanReach(SeedGoal goal, out int availableBits)
    {
        long sum = 0;
        for (int i = 0; i < _sources.Count; i++)
        {
            int bits = _sources[i].AvailableEntropy(goal.RequestBits);
            sum += bits;
            _prospects[i] = Options.ForceSeeding && bits > 0 && !_sources[i].KeepsStock ? goal.NeededBits : bits;
        }

        availableBits = (int)Math.Min(sum, int.MaxValue);
        return goal.IsReached(_prospects);
    }

    // Repeated pulls may be added up only while the DRNG emits nothing in between. So they go into a successor that nobody
    // can read from; readers of the nonblocking interface use the old state meanwhile and never wait for a source.
    private bool SeedFully(DrngInstance node)
    {
        int collected;
        bool full;
        bool before = node.FullySeeded;
        int epoch = Volatile.Read(ref _epoch);
        SeedGoal goal = Options.Strategy.Instantiation(before);
        lock (_seedingLock)
        {
            int begun = node.BeginSeeding();
            Crypto.Drng successor = _createDrng();
            collected = SeedRepeatedly(successor, goal);
            full = node.Replace(successor, collected, goal.IsReached(_sourceBits), begun);
        }

        OutdateOutput();
        ReportSources();
        if (!full)
        {
            ReportMissing(collected, goal);
        }
        else if (!before)
        {
            Log.NodeFullySeeded(_logger, node.Node, collected);
        }

        if (node == _nodes[0])
        {
            RaiseLevel(collected, epoch);
        }

        if (full)
        {
            OutputAvailable?.Invoke();
        }

        return full;
    }

    // Under _seedingLock. Forced seeding (reference 3.3): pulls until the full amount is there or no source delivers any more.
    private int SeedRepeatedly(Crypto.Drng drng, SeedGoal goal)
    {
        int collected = 0;
        bool repeated = false;
        Array.Clear(_sourceBits);
        do
        {
            if (repeated)
            {
                Log.ForceSeeding(_steps);
            }

            collected += Pull(goal);
            drng.Seed(_seedBuffer.Content, _seedBuffer.AdditionalInput);
            repeated = true;
        }
        while (Options.ForceSeeding && !goal.IsReached(_sourceBits) && goal.MayBeReached(_sourceBits, _seedBuffer.CreditedBits));

        _seedBuffer.Wipe();
        return collected;
    }

    // Under _seedingLock: one pull of all sources into the seed buffer.
    private int Pull(SeedGoal goal)
    {
        DiscardIfRequested();
        Interlocked.Increment(ref _pulls);
        int bits = _seedBuffer.Fill(goal.RequestBits);
        for (int i = 0; i < _sources.Count; i++)
        {
            int sourceBits = _seedBuffer.CreditedBits[i];
            _sourceBits[i] += sourceBits;
            Interlocked.Add(ref _seedTotals[i], sourceBits);
            Log.Obtained(_steps, sourceBits, _sources[i].Name);
        }

        return bits;
    }

    // Under _seedingLock. What arrives after a reset is not to wait for the next pull and be given up with the rest.
    private void DiscardIfRequested()
    {
        if (Interlocked.Exchange(ref _discardRequested, 0) != 0)
        {
            foreach (EntropySource source in _sources)
            {
                source.Discard();
            }
        }
    }

    // Under _seedingLock. One pull for a generator that goes on whatever it carries: below the least amount no source is spent.
    private int PullIfEnough(SeedGoal goal)
    {
        Array.Clear(_sourceBits);
        _ = CanReach(goal, out int available);
        if (available >= Options.Strategy.MinimumReseedBits)
        {
            return Pull(goal);
        }

        _seedBuffer.FillUncredited();
        return 0;
    }

    // A fully seeded DRNG takes one pull and goes on with it, whatever it carried. SP 800-90C reseeds with the full strength or
    // not at all: there weak sources are pulled repeatedly, into a DRNG made afresh.
    private void Reseed(DrngInstance node)
    {
        SeedGoal goal = SeedingStrategy.Reseed;
        bool invites = !node.IsDueForFeederOnly;
        bool onePull;
        lock (_seedingLock)
        {
            onePull = !Options.Strategy.Oversampling || !CanReach(goal, out int available) || available >= goal.NeededBits;
            if (onePull)
            {
                ReseedByOnePull(node, goal);
            }
        }

        if (!onePull)
        {
            _ = SeedFully(node);
        }

        if (invites)
        {
            Demand.Invite();
        }
    }

    // Under _seedingLock.
    private void ReseedByOnePull(DrngInstance node, SeedGoal goal)
    {
        int begun = node.BeginSeeding();
        int collected = PullIfEnough(goal);
        Log.Seeding(_steps, _seedBuffer.Content.Length);
        node.Inject(_seedBuffer.Content, _seedBuffer.AdditionalInput, collected, goal.IsReached(_sourceBits), begun);
        OutdateOutput();
        _seedBuffer.Wipe();
        ReportSources();
    }
}
