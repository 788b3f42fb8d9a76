// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;

namespace LrngEngine.Sources;

/// <content>Start-up test and what follows from a failed health test.</content>
public abstract partial class TimerSource
{
    // Events over all CPUs that the start-up test takes: two windows of the APT (LRNG); SP 800-90B 4.3 asks for 1024.
    private const int StartupEvents = 2 * HealthCutoff.AptWindow;

    private volatile Condition _condition;

    // Guarded by _gate.
    private int _startupLeft = StartupEvents;
    private long _failures;

    // Counts what takes all credit away, so that an extraction under way notices. Written under _gate.
    private int _epoch;

    /// <summary>Raised when a continuous health test failed, on the thread that delivered the event. What the generator does about it is
    /// its owner's policy; the source has discarded its own stock already. An event that goes on failing is told once.</summary>
    public event EventHandler<TimerHealthFailedEventArgs>? HealthFailed;

    private string StartupProgress =>
        $"start-up test: {StartupEvents - Math.Max(0, Volatile.Read(ref _startupLeft))} of {StartupEvents} events";

    // A source that will be credited is worth waiting for; one that will not must not hold up the first seeding.
    private Condition InStartup(string occasion) =>
        new(_fine.IsCredited ? SourceState.Starting : SourceState.Waiting, occasion);

    private void PassStartup(int events, int epoch)
    {
        bool wanted = WantsEvents;
        lock (_gate)
        {
            if (epoch != _epoch || _condition.Delivers || _disposed)
            {
                return;
            }

            _startupLeft -= events;
            if (_startupLeft > 0)
            {
                return;
            }

            _condition = new Condition(SourceState.Running, "");
        }

        Log.StartupCompleted(_options.Logger, Name);
        TellWanted(wanted);

        // Whoever waits for the test may look, whatever there is.
        _ = UpdateToldLevel(out _);
        OnEntropyArrived();
    }

    private void Fail(int cpu, in TimerBatch batch, TimerRate rate)
    {
        bool permanent = batch.Verdict == HealthVerdict.PermanentFailure;
        HealthCutoff cutoff = batch.Test == HealthTest.RepetitionCount ? rate.Cutoffs.Repetition : rate.Cutoffs.Proportion;
        string name = batch.Test == HealthTest.RepetitionCount ? "repetition count test" : "adaptive proportion test";
        string reason = $"{name} at {batch.Count}, cut-off {(permanent ? cutoff.Permanent : cutoff.Intermittent)}, on CPU {cpu}";
        bool wanted = WantsEvents;
        bool starting;

        // Counters go on beyond the cut-off (reference 6): each further event fails as well, and is no failure of its own.
        bool isNew = permanent || batch.Count == cutoff.Intermittent;
        lock (_gate)
        {
            if (_condition.State == SourceState.Failed)
            {
                return;
            }

            starting = !_condition.Delivers;
            _epoch++;
            _failures += isNew ? 1 : 0;
            _startupLeft = StartupEvents;
            _condition = permanent
                ? new Condition(SourceState.Failed, $"permanent failure: {reason}")
                : InStartup($"intermittent failure: {reason}; ");
            _gcd.Recalibrate();
        }

        DiscardCounts();
        if (isNew)
        {
            LogFailure(permanent, starting, reason);
            HealthFailed?.Invoke(this, new TimerHealthFailedEventArgs(batch.Verdict, batch.Test, cpu, reason));
        }

        TellWanted(wanted);
    }

    private void LogFailure(bool permanent, bool starting, string reason)
    {
        if (permanent)
        {
            Log.PermanentTestFailed(_options.Logger, Name, reason);
        }
        else if (starting)
        {
            Log.StartupFailed(_options.Logger, Name, reason);
        }
        else
        {
            Log.RuntimeTestFailed(_options.Logger, Name, reason);
        }
    }

    // State and reason change together.
    private sealed record Condition(SourceState State, string Reason)
    {
        /// <summary>Whether the start-up test has passed.</summary>
        public bool Delivers => State == SourceState.Running;
    }
}
