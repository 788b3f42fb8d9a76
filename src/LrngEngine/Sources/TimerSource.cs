// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// LRNG's timer-based entropy sources (reference 5.1 to 5.3): the time stamps of events that the machine makes by itself. In parts:
// this one has state and status, .Recording takes events, .Recorders has what is recorded instead of used, .Health judges events,
// .Extraction fills the seed buffer.
//
// events -> health tests, per CPU -> array of 8-bit slots, per CPU -> pool, per CPU -> outer hash over all CPUs -> seed buffer

using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.Timing;

namespace LrngEngine.Sources;

/// <summary>
/// A source that collects events of all CPUs in a pool for each CPU, which is made when its first event arrives and stays. Events
/// are a stock that extractions use up.
/// </summary>
/// <remarks>Locks: _extracting > _gate > a CPU's own > the divisor's. Events are raised outside of all.</remarks>
public abstract partial class TimerSource : EntropySource, IConditioned
{
    private readonly GreatestCommonDivisor _gcd;
    private readonly TimerSourceOptions _options;
    private readonly SecretArena _arena;
    private readonly bool _compresses;

    // Guarded by _gate, the entries read without it; one changes once, from null.
    private readonly Lock _gate = new();
    private Func<SecretArena, ConditioningHash> _createHash;
    private readonly TimerCpu?[] _cpus;
    private readonly bool[] _withoutMemory;

    // Why the credit was withdrawn; null if it was not. Written under _gate.
    private volatile string? _withdrawn;

    // Written under _gate.
    private volatile TimerRates _rates;
    private volatile TimerRate _rate;
    private volatile bool _disposed;

    // Records that no CPU took: a number out of range, or no locked memory for another pool.
    private long _refused;

    private protected TimerSource(
        SecretArena arena,
        GreatestCommonDivisor gcd,
        TimerSourceOptions? options,
        Func<SecretArena, ConditioningHash>? createHash)
    {
        ArgumentNullException.ThrowIfNull(arena);
        ArgumentNullException.ThrowIfNull(gcd);
        _options = options ?? new TimerSourceOptions();
        _options.Validate();
        _arena = arena;
        _gcd = gcd;
        _createHash = createHash ?? (memory => new Sha512Hash(memory));
        _cpus = new TimerCpu?[_options.PossibleCpus];
        _withoutMemory = new bool[_options.PossibleCpus];
        _outer = _createHash(arena);
        try
        {
            _scratch = arena.Allocate(EntropyPool.ScratchBytes);
        }
        catch
        {
            _outer.Dispose();
            throw;
        }

        _compresses = _options.ContinuousCompression || !Rate(_options.HighResolutionTimer, compresses: false).ArrayHoldsSeed;
        _rates = RatesNow();
        _rate = _options.HighResolutionTimer ? _rates.Fine : _rates.Coarse;
        _condition = InStartup("");
        ReportSettings();
    }

    /// <summary>Raised when <see cref="WantsEvents"/> has become true, on any thread. Handlers must not block.</summary>
    public event EventHandler? EventsWanted;

    /// <inheritdoc/>
    public override bool KeepsStock => true;

    /// <summary>Whether events are of use: false when the pools of all CPUs that had any are full and nobody records, or the source has
    /// failed.</summary>
    public bool WantsEvents
    {
        get
        {
            Condition condition = _condition;
            return condition.State != SourceState.Failed && (!condition.Delivers || IsRecorded || !AllFull());
        }
    }

    /// <inheritdoc/>
    public override SourceStatus Status
    {
        get
        {
            Condition condition = _condition;
            TimerRate rate = _rate;
            int credit = condition.Delivers && rate.IsCredited ? EntropyMath.RateUnitBits : 0;
            lock (_gate)
            {
                return new SourceStatus(
                    condition.State,
                    credit,
                    Reason(condition, rate),
                    Details(condition, rate),
                    new SourceHealth(rate.Cutoffs, _failures, _lastFailure));
            }
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> TypeLines
    {
        get
        {
            bool passed = _condition.Delivers;
            TimerRate rate = _rate;
            List<string> lines =
            [
                $"Hash for operating entropy pool: {_outer.Name}",
                $"Available entropy: {AvailableEntropy(EntropyMath.RateUnitBits)}",
                $"per-CPU {CollectionName} collection size: {_options.Slots}",

                // A source that nobody has assessed complies with nothing.
                $"Standards compliance: {(passed && rate.IsCredited ? "SP800-90B " : "")}",
                $"High-resolution timer: {TrueOrFalse(rate.IsHighResolution)}",
            ];
            if (ShowsCompression)
            {
                lines.Add($"Continuous compression: {TrueOrFalse(_compresses)}");
            }

            lines.Add($"Health test passed: {TrueOrFalse(passed)}");
            return lines;
        }
    }

    /// <summary>What lrng_type calls a collected event.</summary>
    private protected abstract string CollectionName { get; }

    /// <summary>What the seeding log calls events.</summary>
    private protected abstract string EventsName { get; }

    /// <summary>What the seeding log calls a CPU's pool.</summary>
    private protected abstract string StoreName { get; }

    /// <summary>What the seeding log calls the source.</summary>
    private protected abstract string NoiseName { get; }

    /// <summary>Whether lrng_type shows the compression.</summary>
    private protected abstract bool ShowsCompression { get; }

    /// <summary>Bytes of an arena that a source takes, at most. Each CPU has one of its own, mapped when its first event arrives.</summary>
    public static int ArenaBytes => 1024 + EntropyPool.ScratchBytes;

    /// <summary>Takes the credit away for good: events are not what the rate was set for. Whatever was counted is discarded.</summary>
    /// <param name="reason">Why, in words for the administrator.</param>
    public void WithdrawCredit(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        lock (_gate)
        {
            if (_withdrawn is not null)
            {
                return;
            }

            _withdrawn = reason;
            _epoch++;
            _rates = RatesNow();
            _ = FollowClock();
        }

        DiscardCounts();
    }

    /// <summary>Whether events of this CPU are of use, for a reader that can pause each by itself.</summary>
    public bool WantsEventsOf(int cpu)
    {
        Condition condition = _condition;
        return condition.State != SourceState.Failed
            && (uint)cpu < (uint)_cpus.Length
            && (!condition.Delivers || IsRecorded || Volatile.Read(ref _cpus[cpu]) is not { } pool || pool.Events < _rate.LargestStock);
    }

    /// <inheritdoc/>
    /// <remarks>Counters are zeroed on all CPUs, those that are offline too, and the clock's step is calculated anew.</remarks>
    public override void Discard()
    {
        bool wanted = WantsEvents;
        lock (_gate)
        {
            _epoch++;
            _gcd.Reset();
        }

        DiscardCounts();
        TellWanted(wanted);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (_extracting)
        {
            lock (_gate)
            {
                if (_disposed)
                {
                    return;
                }

                _disposed = true;
                _condition = new Condition(SourceState.Failed, "disposed");
            }

            foreach (TimerCpu? cpu in _cpus)
            {
                cpu?.Dispose();
            }

            _scratch.Dispose();
            _outer.Dispose();
        }
    }

    private static string TrueOrFalse(bool value) => value ? "true" : "false";

    private TimerRates RatesNow() => new(Rate(highResolution: true, _compresses), Rate(highResolution: false, _compresses));

    private TimerRate Rate(bool highResolution, bool compresses) =>
        new(_withdrawn is null ? _options.EventsPer256Bits : null, highResolution, _outer.DigestBytes * 8, _options.Slots, compresses);

    private void ReportSettings()
    {
        if (_compresses && !_options.ContinuousCompression)
        {
            Log.CompressionForced(_options.Logger, _options.Slots, Name);
        }

        if (!_options.HighResolutionTimer)
        {
            Log.LowResolutionTimer(_options.Logger, Name, TimerRate.LowResolutionFactor);
        }
    }

    private string Reason(Condition condition, TimerRate rate)
    {
        if (condition.State == SourceState.Failed)
        {
            return condition.Reason;
        }

        string why = _withdrawn ?? _options.EventsPer256Bits switch
        {
            null => "no assessment of this platform",
            TimerRate.NoCredit => _options.Reason ?? "its rate is set to earn nothing",
            _ => _options.Reason ?? "rate set by the administrator",
        };
        why = rate.IsHighResolution ? why : $"{why}; low-resolution clock: {TimerRate.LowResolutionFactor} times the events needed";
        return condition.Delivers ? why : $"{condition.Reason}start-up test is not over; {why}";
    }

    private string Details(Condition condition, TimerRate rate)
    {
        TimerCpu[] cpus = [.. _cpus.Where(cpu => cpu is not null)!];
        string needed = rate.IsCredited ? $"{rate.EventsPer256} events for 256 bits" : "rate none";
        return (condition.Delivers ? "" : $"{StartupProgress}, ")
            + $"events {cpus.Sum(cpu => cpu.Events)}, CPUs {cpus.Length}, {needed}, clock step {_gcd.Value}, "
            + $"refused records {Interlocked.Read(ref _refused)}";
    }

    private bool AllFull()
    {
        long largest = _rate.LargestStock;
        bool any = false;
        foreach (TimerCpu? cpu in _cpus)
        {
            if (cpu is not null)
            {
                any = true;
                if (cpu.Events < largest)
                {
                    return false;
                }
            }
        }

        return any;
    }

    private void DiscardCounts()
    {
        foreach (TimerCpu? cpu in _cpus)
        {
            cpu?.Discard();
        }

        UpdateToldLevel();
    }

    // Outside all locks.
    private void TellWanted(bool wantedBefore)
    {
        if (!wantedBefore && WantsEvents)
        {
            EventsWanted?.Invoke(this, EventArgs.Empty);
        }
    }
}
