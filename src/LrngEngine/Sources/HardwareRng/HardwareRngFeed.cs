// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngEngine.Health;
using LrngEngine.Memory;
using LrngEngine.Sources.Auxiliary;

namespace LrngEngine.Sources.HardwareRng;

/// <summary>
/// Feeds the auxiliary pool from a hardware generator: wanted, identify, read a block, health tests, insert with the credit of that
/// generator, pause as the rate says. One thread makes the passes; every other member may be called by any.
/// </summary>
internal sealed class HardwareRngFeed : IDisposable
{
    /// <summary>Pause after a first fruitless attempt; doubled by each that follows, up to <see cref="LongestBackOff"/>.</summary>
    internal static readonly TimeSpan ShortestBackOff = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause between attempts.</summary>
    internal static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(10);

    /// <summary>A read that takes longer is shown.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Blocks of 32 bytes and the state of the tests.
    private const int MemoryBytes = 1024;

    private readonly AuxiliaryPool _pool;
    private readonly HardwareGenerator _generator;
    private readonly HardwareRngOptions _options;
    private readonly SecretArena _arena;
    private readonly SecretBuffer _block;
    private readonly HardwareHealth _health;

    // Of the thread.
    private TimeSpan _backOff;
    private TimeSpan _pause;
    private long _pauseStart;

    // A pull has happened since the last block. Set by whoever pulls, cleared by the thread.
    private volatile bool _invited = true;

    // The tests are to begin anew, and what is being read is not to be credited. Set by anybody, cleared by the thread.
    private volatile bool _renewed;

    // All below guarded by _lock, and the tests.
    private readonly Lock _lock = new();
    private bool _stopped;
    private HardwareIdentity _identity;
    private SourceCredit _credit = new(0, "nothing was read yet");
    private bool _failedForGood;
    private string? _problem;
    private SourceState _problemState;
    private long? _readingSince;
    private long _readBytes;
    private long _creditedBits;
    private (SourceState State, int Credit, string Reason) _logged;
    private long? _loggedAt;

    /// <summary>Makes the feed; nothing is read yet.</summary>
    /// <exception cref="InvalidOperationException">Memory cannot be locked.</exception>
    internal HardwareRngFeed(HardwareRngOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BytesPerSecond);
        _options = options;
        _pool = options.Pool;
        _generator = options.Generator;
        _arena = new SecretArena(MemoryBytes);
        _block = _arena.Allocate(HardwareHealth.BlockBytes);
        _health = new HardwareHealth(_arena);
    }

    internal HardwareRngStatus Status
    {
        get
        {
            lock (_lock)
            {
                (SourceState state, int credit, string reason) = Condition();
                return new HardwareRngStatus(
                    _identity.Name, _identity.Quality, state, credit, reason, _readBytes, _creditedBits, _health.Status);
            }
        }
    }

    // LRNG: the pool is below its threshold and the data is credited; or a pull took place since the last data.
    private bool IsWanted
    {
        get
        {
            lock (_lock)
            {
                return !_failedForGood && (_invited || (_credit.BitsPer256 > 0 && _pool.EntropyBits < _pool.CapacityBits));
            }
        }
    }

    /// <summary>Opens the device with the privileges of now; if that fails it is tried again after a pause.</summary>
    internal void Open() => _ = TryOpen();

    /// <summary>A pull took place: one block may follow whatever the pool holds.</summary>
    internal void Invite() => _invited = true;

    /// <summary>What is under way may be a copy of what another machine gets: the first bytes are tested again without credit, more of them
    /// than the kernel and its drivers keep in their buffers.</summary>
    internal void Renew() => _renewed = true;

    /// <summary>Nothing is fed any more when it returns, whatever read is under way.</summary>
    internal void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
        }
    }

    /// <summary>One turn of the thread without the wait.</summary>
    /// <returns>How long to wait; infinite: until the next <see cref="Invite"/>.</returns>
    internal TimeSpan Pass()
    {
        if (!IsWanted)
        {
            return Timeout.InfiniteTimeSpan;
        }

        TimeSpan left = _pause - _options.Clock.GetElapsedTime(_pauseStart);
        if (left > TimeSpan.Zero)
        {
            return left;
        }

        _pauseStart = _options.Clock.GetTimestamp();
        int bytes = TryOpen() ? Feed() : 0;
        if (bytes > 0)
        {
            _backOff = TimeSpan.Zero;
            _pause = TimeSpan.FromSeconds((double)bytes / _options.BytesPerSecond);
        }
        else
        {
            _backOff = _backOff == TimeSpan.Zero ? ShortestBackOff : TimeSpan.FromTicks(Math.Min(2 * _backOff.Ticks, LongestBackOff.Ticks));
            _pause = _backOff;
        }

        LogChange();
        return IsWanted ? _pause : Timeout.InfiniteTimeSpan;
    }

    /// <summary>Wipes and closes everything. No pass is under way.</summary>
    public void Dispose()
    {
        Stop();
        _generator.Dispose();
        _health.Dispose();
        _block.Dispose();
        _arena.Dispose();
    }

    private bool TryOpen()
    {
        string? refusal = _generator.Open();
        if (refusal is not null)
        {
            // Its driver may be loaded long after the daemon has started, and nothing may pull until then: so it is tried again after a
            // pause, as one that gives nothing is.
            SetProblem(SourceState.Unavailable, refusal);
        }

        return refusal is null;
    }

    // Returns the bytes that were read.
    private int Feed()
    {
        HardwareIdentity identity = _generator.Identify();
        Adopt(identity);
        int bytes = ReadBlock(out int error);
        if (bytes > 0)
        {
            // Somebody may have selected another generator meanwhile: what it gave is not credited as this one's.
            Take(_block.Span[..bytes], creditable: _generator.Identify() == identity);
        }
        else
        {
            SetProblem(SourceState.Waiting, error == 0 ? "it gives nothing" : $"it cannot be read: {Marshal.GetPInvokeErrorMessage(-error)}");
        }

        _block.Wipe();
        return bytes;
    }

    private int ReadBlock(out int error)
    {
        SetReading(true);
        int bytes = 0;
        error = 0;
        while (bytes < _block.Length && error == 0)
        {
            int read = _generator.Read(_block.Span[bytes..]);
            if (read == 0)
            {
                break;
            }

            error = Math.Min(read, 0);
            bytes += Math.Max(read, 0);
        }

        SetReading(false);
        return bytes;
    }

    private void SetReading(bool reading)
    {
        lock (_lock)
        {
            _readingSince = reading ? _options.Clock.GetTimestamp() : null;
        }
    }

    private void SetProblem(SourceState state, string problem)
    {
        lock (_lock)
        {
            (_problemState, _problem) = (state, problem);
        }
    }

    private void Adopt(HardwareIdentity identity)
    {
        lock (_lock)
        {
            SourceCredit credit = identity.CreditWithin(_options.CreditLimit);
            if (_stopped || (identity == _identity && credit == _credit))
            {
                return;
            }

            // Another generator, or another claim: its first bytes are tested before any is credited.
            (_identity, _credit) = (identity, credit);
            _health.Restart(credit.BitsPer256);
        }
    }

    private void Take(ReadOnlySpan<byte> data, bool creditable)
    {
        lock (_lock)
        {
            if (_stopped)
            {
                return;
            }

            if (_renewed)
            {
                _renewed = false;
                _health.Restart(_credit.BitsPer256);
            }

            _problem = null;
            _invited = false;
            _readBytes += data.Length;
            bool started = _health.Started;
            long failures = _health.Failures;
            HealthVerdict verdict = _health.Test(data);
            int bits = creditable && started && verdict == HealthVerdict.Pass
                ? EntropyMath.FastLevel(_credit.BitsPer256, data.Length * 8)
                : 0;
            if (_health.Failures > failures)
            {
                Fail(verdict);
            }

            // Mixed in whatever the verdict: it does no harm.
            _creditedBits += bits;
            _pool.Insert(data, bits);
        }
    }

    // Under _lock. Nobody can tell since when it was broken.
    private void Fail(HealthVerdict verdict)
    {
        if (_credit.BitsPer256 > 0)
        {
            _pool.Discard();
        }

        _failedForGood = verdict == HealthVerdict.PermanentFailure;
        Log.HardwareTestFailed(
            _options.Logger,
            _identity.Name ?? "unnamed",
            _health.LastFailure!,
            _failedForGood ? "it is not read any more until the daemon is started again" : "it is tested anew before it is credited");
    }

    // Under _lock.
    private (SourceState State, int Credit, string Reason) Condition() => this switch
    {
        { _failedForGood: true } => (SourceState.Failed, 0, $"health test failed for good: {_health.LastFailure}"),
        { _readingSince: { } since } when _options.Clock.GetElapsedTime(since) is var waited && waited >= Patience =>
            (SourceState.Waiting, 0, $"no answer for {(long)waited.TotalSeconds} s"),
        { _problem: { } problem } => (_problemState, 0, problem),
        { _stopped: true } => (SourceState.Unavailable, 0, "the feed has ended"),
        { _credit.BitsPer256: > 0 } when !_health.Started =>
            (SourceState.Starting, 0, $"its first {HardwareHealth.StartupBytes} bytes are tested before any is credited"),
        _ => (SourceState.Running, _credit.BitsPer256, _credit.Reason),
    };

    // A generator that comes and goes must not fill the log.
    private void LogChange()
    {
        lock (_lock)
        {
            (SourceState State, int Credit, string Reason) now = Condition();
            bool recent = _loggedAt is { } last && _options.Clock.GetElapsedTime(last) < ShortestBackOff;
            if (now == _logged || recent)
            {
                return;
            }

            _logged = now;
            _loggedAt = _options.Clock.GetTimestamp();
            Log.HardwareChanged(_options.Logger, _identity.Name ?? "none", now.State, now.Credit, now.Reason);
        }
    }
}
