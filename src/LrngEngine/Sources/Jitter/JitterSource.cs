// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;
using LrngEngine.Memory;
using LrngEngine.Timing;

namespace LrngEngine.Sources.Jitter;

/// <summary>
/// The jitter entropy source "JitterRNG" (LRNG's Jitter RNG ES): blocks come from a <see cref="JitterCollector"/>, collected
/// ahead by a thread of its own while nobody waits, or at once when the buffer is empty.
/// </summary>
/// <remarks>Locks: _collecting > the buffer's own. _condition is a volatile reference and read without a lock.</remarks>
public sealed partial class JitterSource : EntropySource, ICreditedSource
{
    // A start-up test that only tripped an intermittent cut-off is repeated this often before the source is given up.
    private const int StartupAttempts = 3;

    private readonly JitterOptions _options;
    private readonly TimeProvider _time;
    private readonly JitterBlockBuffer? _buffer;
    private readonly Func<bool> _stopRequested;
    private volatile SourceCredit _credit;
    private volatile Condition _condition = new(SourceState.Starting, "start-up test has not finished");
    private volatile bool _stopping;

    // Failures of health tests; written under _collecting.
    private long _failures;
    private volatile string? _lastFailure;
    private HealthFailedEventArgs? _untold;

    // Guards the collector and every change of _condition.
    private readonly Lock _collecting = new();
    private readonly JitterCollector _collector;

    /// <summary>Makes the source and, if it has a buffer, starts its thread, which runs the start-up test first.</summary>
    /// <param name="counter">The clock whose jitter is collected.</param>
    /// <param name="arena">Where state and blocks live: about 800 bytes, and a block's bytes for each buffered block.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="time">Paces the background thread; null for the system's.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public JitterSource(CycleCounter counter, SecretArena arena, JitterOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(arena);
        _options = options ?? new JitterOptions();
        Validate(_options);
        _time = time ?? TimeProvider.System;
        _credit = _options.Credit;
        _stopRequested = () => _stopping;
        _yieldRequested = () => _stopping || Volatile.Read(ref _waiting) > 0;
        _collector = new JitterCollector(counter, arena, _options.Oversampling, _options.MemoryBytes);
        if (_options.BufferBlocks == 0)
        {
            return;
        }

        int blockBytes = _options.BlockBits / 8;
        try
        {
            _buffer = new JitterBlockBuffer(arena, _options.BufferBlocks, blockBytes);
            _spare = arena.Allocate(blockBytes);
        }
        catch
        {
            _buffer?.Dispose();
            _collector.Dispose();
            throw;
        }

        _thread = new Thread(FillBuffer) { IsBackground = true, Name = "lrng-jitter" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public override string Name => "JitterRNG";

    /// <summary>Credit of every 256 data bits. A change applies to blocks collected from now on; buffered ones keep theirs.</summary>
    public SourceCredit Credit
    {
        get => _credit;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _credit = value;
        }
    }

    /// <inheritdoc/>
    public override SourceStatus Status
    {
        get
        {
            Condition condition = _condition;
            SourceCredit credit = _credit;
            string details = $"osr {_collector.Oversampling}, {_collector.Cutoffs}, clock step {_collector.Divisor}, "
                + $"memory {_collector.MemoryBytes / 1024} KiB, buffered {_buffer?.Count ?? 0} of {_buffer?.Capacity ?? 0} blocks";
            var health = new SourceHealth(_collector.Cutoffs, Interlocked.Read(ref _failures), _lastFailure);
            return condition.State == SourceState.Running
                ? new SourceStatus(condition.State, credit.BitsPer256, credit.Reason, details, health)
                : new SourceStatus(condition.State, 0, condition.Reason, details, health);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> TypeLines =>
    [
        $"Available entropy: {AvailableEntropy(EntropyMath.RateUnitBits)}",
        $"Enabled: {(_condition.State == SourceState.Running ? "true" : "false")}",
        $"Jitter RNG async collection {(_buffer is not null ? "true" : "false")}",
    ];

    /// <inheritdoc/>
    /// <remarks>A request of exactly one block's size takes a buffered block and the credit it was filled with.</remarks>
    public override int GetEntropy(Span<byte> slot, int requestedBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(requestedBits, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requestedBits, Math.Min(slot.Length * 8, JitterCollector.MaxBlockBits));
        Span<byte> data = slot[..(requestedBits / 8)];
        if (_buffer is not null && requestedBits == _options.BlockBits && TakeBuffered(data, out int credit))
        {
            return Math.Min(credit, requestedBits);
        }

        return CollectNow(data);
    }

    /// <inheritdoc/>
    public override int AvailableEntropy(int requestedBits) =>
        _condition.State == SourceState.Running
            ? EntropyMath.FastLevel(_credit.BitsPer256, EntropyMath.WholeBytes(requestedBits))
            : 0;

    /// <summary>Records raw deltas in counter ticks for an assessment; they are diverted and never used for seeding. Requests
    /// wait meanwhile, so long recordings are better made in pieces or with a collector of their own.</summary>
    public void RecordDeltas(Span<ulong> deltas)
    {
        Interlocked.Increment(ref _waiting);
        lock (_collecting)
        {
            Interlocked.Decrement(ref _waiting);
            ObjectDisposedException.ThrowIf(_stopping, this);
            _ = _collector.RecordDeltas(deltas);
        }
    }

    /// <inheritdoc/>
    public override void Discard()
    {
        Interlocked.Increment(ref _waiting);
        lock (_collecting)
        {
            Interlocked.Decrement(ref _waiting);
            ObjectDisposedException.ThrowIf(_stopping, this);
            DiscardCore();
        }

        _room.Set();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        _stop.Set();
        _room.Set();
        _thread?.Join();
        lock (_collecting)
        {
            _collector.Dispose();
        }

        _spare?.Dispose();
        _buffer?.Dispose();
        _stop.Dispose();
        _room.Dispose();
    }

    private int CollectNow(Span<byte> data)
    {
        int credited;

        // The thread puts its half-finished block aside; what it measured goes into this one.
        Interlocked.Increment(ref _waiting);
        lock (_collecting)
        {
            Interlocked.Decrement(ref _waiting);
            ObjectDisposedException.ThrowIf(_stopping, this);
            credited = EntropyMath.FastLevel(_credit.BitsPer256, data.Length * 8);
            credited = EnsureStarted() && CollectCore(data, _stopRequested) == JitterCollection.Complete ? credited : 0;
        }

        TellFailure();
        return credited;
    }

    // Under _collecting.
    private bool EnsureStarted()
    {
        if (_condition.State == SourceState.Starting)
        {
            RunStartup("");
        }

        return _condition.State == SourceState.Running;
    }

    // Under _collecting; what has failed is told by TellFailure, outside.
    private JitterCollection CollectCore(Span<byte> data, Func<bool> interrupted)
    {
        JitterCollection result = _collector.Collect(data, interrupted);
        if (result is JitterCollection.IntermittentFailure or JitterCollection.PermanentFailure)
        {
            // What came before the failure is no better than what failed: the buffered blocks go too.
            HealthFailure failure = _collector.LastFailure;
            string reason = failure.Describe(_collector.Cutoffs);
            _lastFailure = reason;
            Interlocked.Increment(ref _failures);
            _condition = new Condition(SourceState.Starting, $"intermittent failure: {reason}; the start-up test runs again");
            DiscardCore();
            if (result == JitterCollection.IntermittentFailure)
            {
                Log.RuntimeTestFailed(_options.Logger, Name, reason);
                RunStartup($"after an intermittent failure ({reason}): ");
            }
            else
            {
                Log.PermanentTestFailed(_options.Logger, Name, reason);
                _condition = new Condition(SourceState.Failed, $"permanent failure: {reason}; {SourceAdvice.AfterPermanentFailure}");
            }

            // A start-up test that does not pass afterwards ends the source as well.
            HealthVerdict verdict = _condition.State == SourceState.Failed ? HealthVerdict.PermanentFailure : failure.Verdict;
            _untold = new HealthFailedEventArgs(verdict, failure.Test, _credit.BitsPer256 > 0, reason);
        }

        return result;
    }

    // Outside _collecting: whoever hears of it may pull the sources again.
    private void TellFailure()
    {
        if (Interlocked.Exchange(ref _untold, null) is { } failure)
        {
            OnHealthFailed(failure);
        }
    }

    // Under _collecting.
    private void RunStartup(string occasion)
    {
        JitterStartupReport report = default;
        for (int attempt = 0; attempt < StartupAttempts; attempt++)
        {
            report = _collector.RunStartup();
            if (report.Finding != JitterStartupFinding.HealthTest)
            {
                break;
            }
        }

        _condition = report.Passed
            ? new Condition(SourceState.Running, report.Reason)
            : new Condition(SourceState.Failed, occasion + report.Reason);
    }

    private void DiscardCore()
    {
        _collector.Discard();
        _buffer?.Clear();
    }

    /// <summary>Runs the start-up test now: a source without a buffer has no thread that would, and counts as starting until then.</summary>
    internal void EnsureTested()
    {
        lock (_collecting)
        {
            _ = EnsureStarted();
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">Names the setting, its value and its rule.</exception>
    internal static void Validate(JitterOptions options)
    {
        int blocks = options.BufferBlocks;
        Require(blocks == 0 || (blocks is >= 32 and <= 1024 && int.IsPow2(blocks)), "BufferBlocks", blocks, "0 or a power of two within 32..1024");
        Require(
            options.BlockBits is >= 64 and <= JitterCollector.MaxBlockBits && options.BlockBits % 64 == 0,
            "BlockBits",
            options.BlockBits,
            "a multiple of 64 within 64..512");
        Require(
            options.Oversampling is >= 1 and <= JitterCollector.MaxOversampling,
            "Oversampling",
            options.Oversampling,
            $"1..{JitterCollector.MaxOversampling}");
        Require(
            options.MemoryBytes is null or (>= JitterMemory.MinBytes and <= JitterMemory.MaxBytes) && int.IsPow2(options.MemoryBytes ?? 1),
            "MemoryBytes",
            options.MemoryBytes,
            "a power of two within 64 KiB..8 MiB");

        void Require(bool holds, string setting, object? value, string accepted)
        {
            if (!holds)
            {
                throw new ArgumentOutOfRangeException(nameof(options), $"Jitter.{setting} = {value}: accepted is {accepted}");
            }
        }
    }

    // State and reason change together.
    private sealed record Condition(SourceState State, string Reason);
}
