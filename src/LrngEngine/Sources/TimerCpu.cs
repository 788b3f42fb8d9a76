// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LrngEngine.Crypto;
using LrngEngine.Health;
using LrngEngine.Memory;
using LrngEngine.Recording;
using LrngEngine.Timing;

namespace LrngEngine.Sources;

/// <summary>What a timer-based source keeps for one CPU. Thread-safe.</summary>
internal sealed class TimerCpu : IDisposable
{
    private const int LargestHashBytes = 896;
    private const int LargestHealthBytes = 192;

    // All guarded by _lock; the count may be read without it.
    private readonly Lock _lock = new();
    private readonly SecretArena _arena;
    private readonly EntropyPool _pool;
    private readonly SecretBuffer _health;
    private long _events;
    private bool _disposed;

    /// <param name="arena">Where everything lives: <see cref="ArenaBytes"/>. Owned from now on.</param>
    /// <param name="createHash">Makes the pool's conditioner.</param>
    /// <param name="slots">Slots of the array.</param>
    /// <param name="compresses">Continuous compression.</param>
    /// <param name="arrays">Takes full arrays while it is active.</param>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public TimerCpu(SecretArena arena, Func<SecretArena, ConditioningHash> createHash, int slots, bool compresses, RawNoiseRecorder arrays)
    {
        _arena = arena;
        _health = arena.Allocate(Unsafe.SizeOf<TimerHealth>());
        _pool = new EntropyPool(arena, createHash(arena), slots, compresses, arrays);
    }

    /// <summary>Bytes of an arena that one CPU takes, at most. Beside the hash in use, wherever it lies, there is always room for the one
    /// that replaces it.</summary>
    public static int ArenaBytes(int slots) => slots + (3 * LargestHashBytes) + LargestHealthBytes;

    /// <summary>Events counted and not spent.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>Tests and mixes in events up to the first one that fails or makes the clock's step known.</summary>
    public TimerBatch Add(ReadOnlySpan<TimerRecord> records, GreatestCommonDivisor gcd, TimerRate rate)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return new TimerBatch(records.Length, false, null);
            }

            ref TimerHealth health = ref MemoryMarshal.AsRef<TimerHealth>(_health.Span);
            long before = _events;
            for (int i = 0; i < records.Length; i++)
            {
                ref readonly TimerRecord record = ref records[i];
                uint divisor = gcd.Value;
                HealthVerdict verdict = health.Add(
                    record.Stamp, divisor != 0 ? divisor : gcd.LastKnown, rate.Cutoffs, out bool stuck, out HealthTest test);
                if (Store(record, divisor, (byte)health.Quotient, gcd))
                {
                    // The array went to a recording, and its events, this one among them, are not secret any more.
                    _events = 0;
                }
                else if (!stuck && _events < rate.LargestStock)
                {
                    _events++;
                }

                if (verdict != HealthVerdict.Pass)
                {
                    int count = test == HealthTest.RepetitionCount ? health.Repetitions : health.Proportion;
                    return new TimerBatch(i + 1, _events > before, new HealthFailure(verdict, test, count));
                }

                if (divisor == 0 && gcd.Value != 0)
                {
                    // The clock's step is known now, and may change what events are worth.
                    return new TimerBatch(i + 1, _events > before, null);
                }
            }

            return new TimerBatch(records.Length, _events > before, null);
        }
    }

    /// <summary>Mixes in what is no event of this source; it is neither tested nor counted.</summary>
    public void Mix(ReadOnlySpan<TimerRecord> records)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            foreach (TimerRecord record in records)
            {
                bool recorded = _pool.AddWord((uint)record.Stamp);
                if (record.Other != 0)
                {
                    recorded |= _pool.AddWord(record.Other);
                }

                _events = recorded ? 0 : _events;
            }
        }
    }

    /// <summary>Takes up to so many events, and this CPU's part of the seed.</summary>
    /// <param name="wanted">Events that are still missing; those beyond stay counted.</param>
    /// <param name="rate">Caps what the pool can hold.</param>
    /// <param name="outer">The hash over all CPUs.</param>
    /// <param name="scratch">For digests.</param>
    /// <returns>Events used and left.</returns>
    public (long Used, long Left) Extract(long wanted, TimerRate rate, ConditioningHash outer, Span<byte> scratch)
    {
        lock (_lock)
        {
            long held = Math.Min(_events, rate.LargestStock);
            long used = Math.Min(held, wanted);

            // Spent before the pool gives anything: a failure must not leave the credit.
            _events = 0;
            _pool.Extract(outer, scratch);
            _events = held - used;
            return (used, held - used);
        }
    }

    /// <summary>Replaces the pool's conditioner. Cannot fail in an arena of <see cref="ArenaBytes"/>.</summary>
    /// <param name="createHash">Makes the new one.</param>
    /// <param name="largestStock">Events that the narrower of the two can hold; what is counted beyond them is given up.</param>
    /// <param name="scratch">For digests.</param>
    public void SwitchHash(Func<SecretArena, ConditioningHash> createHash, long largestStock, Span<byte> scratch)
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _pool.SwitchHash(createHash(_arena), scratch);
                _events = Math.Min(_events, largestStock);
            }
        }
    }

    /// <summary>Forgets what was counted. The content stays, as in LRNG: it does no harm.</summary>
    public void Discard()
    {
        lock (_lock)
        {
            _events = 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _events = 0;
            _pool.Dispose();
            _health.Dispose();
            _arena.Dispose();
        }
    }

    /// <summary>The value that a recording gets: what would be stored of the stamp.</summary>
    public static uint RecordedValue(ulong stamp, GreatestCommonDivisor gcd)
    {
        uint divisor = gcd.Value;
        if (divisor == 0)
        {
            gcd.Add(stamp);
            return (uint)stamp;
        }

        return (byte)(stamp / divisor);
    }

    // Under _lock. Whole stamps until the divisor is known, 8 bits of the quotient afterwards; what else is known of the event
    // follows. Returns whether a recording took the array.
    private bool Store(in TimerRecord record, uint divisor, byte slot, GreatestCommonDivisor gcd)
    {
        bool recorded;
        if (divisor != 0)
        {
            recorded = _pool.AddSlot(slot);
        }
        else
        {
            recorded = _pool.AddWord((uint)record.Stamp);
            gcd.Add(record.Stamp);
        }

        return record.Other != 0 ? _pool.AddWord(record.Other) || recorded : recorded;
    }
}
