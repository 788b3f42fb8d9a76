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
    private string? _lastFailure;

    // Counts what takes all credit away, so that an extraction under way notices. Written under _gate.
    private int _epoch;

    private string StartupProgress =>
        $"start-up test {StartupEvents - Math.Max(0, Volatile.Read(ref _startupLeft))} of {StartupEvents} events";

    private static Condition InStartup(string occasion) => new(SourceState.Starting, occasion);

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

    private void Fail(int cpu, in HealthFailure failure, TimerRate rate)
    {
        bool permanent = failure.Verdict == HealthVerdict.PermanentFailure;
        string reason = $"{failure.Describe(rate.Cutoffs)}, on CPU {cpu}";
        bool isNew = failure.IsNew(rate.Cutoffs);
        bool wanted = WantsEvents;
        bool starting;
        lock (_gate)
        {
            if (_condition.State == SourceState.Failed)
            {
                return;
            }

            starting = !_condition.Delivers;
            _epoch++;
            _failures += isNew ? 1 : 0;
            _lastFailure = reason;
            _startupLeft = StartupEvents;
            _condition = permanent
                ? new Condition(SourceState.Failed, $"permanent failure: {reason}; {SourceAdvice.AfterPermanentFailure}")
                : InStartup($"intermittent failure: {reason}; ");
            _gcd.Recalibrate();
        }

        DiscardCounts();
        if (isNew)
        {
            LogFailure(permanent, starting, reason);
            OnHealthFailed(new HealthFailedEventArgs(failure.Verdict, failure.Test, rate.IsCredited, reason));
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
