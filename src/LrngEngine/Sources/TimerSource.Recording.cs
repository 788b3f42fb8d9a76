// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;
using LrngEngine.Timing;

namespace LrngEngine.Sources;

/// <content>Takes events.</content>
public abstract partial class TimerSource
{
    // Bits of credit, beyond oversampling, whose arrival is worth a look: the seed levels, and the first request of SP 800-90C mode.
    private static readonly int[] s_levels = [32, 128, 256, 384];

    // How many of s_levels were told; written with Interlocked.
    private int _toldLevel;

    /// <summary>
    /// Takes a batch of events of one CPU in the order of their time. Batches of one CPU must not overlap in time; those of different
    /// CPUs may come on different threads.
    /// </summary>
    /// <param name="cpu">The CPU. Records of one that is out of range are refused and counted as such.</param>
    /// <param name="records">Any number of events.</param>
    public void Record(int cpu, ReadOnlySpan<TimerRecord> records)
    {
        if (OtherRecorder.IsActive || CostRecorder.IsActive)
        {
            RecordSingly(cpu, records);
        }
        else
        {
            RecordCore(cpu, records);
        }

        TellRecorded();
    }

    private void RecordSingly(int cpu, ReadOnlySpan<TimerRecord> records)
    {
        foreach (ref readonly TimerRecord record in records)
        {
            TimerRecord one = OtherRecorder.TryRecord(record.Other) ? new TimerRecord(record.Stamp) : record;
            ulong begin = _options.Counter.Read();
            RecordCore(cpu, [one]);
            _ = CostRecorder.TryRecord(unchecked(_options.Counter.Read() - begin));
        }
    }

    private void RecordCore(int cpu, ReadOnlySpan<TimerRecord> records)
    {
        if (_condition.State == SourceState.Failed || records.IsEmpty)
        {
            return;
        }

        if (PoolOf(cpu) is not { } pool)
        {
            Interlocked.Add(ref _refused, records.Length);
            return;
        }

        records = records[Divert(records)..];
        bool counted = false;
        while (!records.IsEmpty && _condition.State != SourceState.Failed)
        {
            TimerRate rate = FollowClock();
            int epoch = Volatile.Read(ref _epoch);
            TimerBatch batch = pool.Add(records, _gcd, rate);
            records = records[batch.Taken..];
            counted |= batch.Counted;
            if (batch.Failure is { } failure)
            {
                Fail(cpu, failure, rate);
            }
            else if (!_condition.Delivers)
            {
                PassStartup(batch.Taken, epoch);
            }
        }

        if (counted && _condition.Delivers)
        {
            TellArrival();
        }
    }

    /// <summary>Mixes in records that are no events of this source, such as those of timers, which are periodic. They are neither
    /// tested nor counted.</summary>
    /// <param name="cpu">The CPU. Records of one that has given no event yet are left out.</param>
    /// <param name="records">Any number.</param>
    public void Mix(int cpu, ReadOnlySpan<TimerRecord> records)
    {
        if (_condition.State != SourceState.Failed && (uint)cpu < (uint)_cpus.Length)
        {
            Volatile.Read(ref _cpus[cpu])?.Mix(records);
        }
    }

    // Null if this CPU has no pool and cannot get one.
    private TimerCpu? PoolOf(int cpu)
    {
        if ((uint)cpu >= (uint)_cpus.Length)
        {
            return null;
        }

        return Volatile.Read(ref _cpus[cpu]) ?? CreatePool(cpu);
    }

    private TimerCpu? CreatePool(int cpu)
    {
        lock (_gate)
        {
            if (_cpus[cpu] is null && !_withoutMemory[cpu] && !_disposed)
            {
                try
                {
                    SecretArena arena = _options.MapCpuMemory(cpu, TimerCpu.ArenaBytes(_options.Slots));
                    Volatile.Write(ref _cpus[cpu], new TimerCpu(arena, _createHash, _options.Slots, _compresses, ArrayRecorder));
                }
                catch (InvalidOperationException)
                {
                    // No more memory may be locked. The other CPUs go on, and the status counts what this one loses.
                    _withoutMemory[cpu] = true;
                }
            }

            return _cpus[cpu];
        }
    }

    // How many events the recorder took. They are not secret any more, so nothing else may see them; only the clock's step is
    // still calculated from them.
    private int Divert(ReadOnlySpan<TimerRecord> records)
    {
        int taken = 0;
        while (Recorder.IsActive && taken < records.Length && Recorder.TryRecord(TimerCpu.RecordedValue(records[taken].Stamp, _gcd)))
        {
            taken++;
        }

        return taken;
    }

    private TimerRate RateNow => _rates.Of(_options.HighResolutionTimer && !_gcd.IsCoarse);

    // What was counted under another assumption is not worth what the new one says.
    private TimerRate FollowClock()
    {
        if (_rate == RateNow)
        {
            return _rate;
        }

        lock (_gate)
        {
            TimerRate rate = RateNow;
            if (rate != _rate)
            {
                _epoch++;
                DiscardCounts();
                _rate = rate;
                if (!rate.IsHighResolution)
                {
                    Log.LowResolutionTimer(_options.Logger, Name, TimerRate.LowResolutionFactor);
                }
            }

            return rate;
        }
    }

    // Told when there is enough for one more level, not at each event: the worker looks at all sources each time.
    private void TellArrival()
    {
        int reached = UpdateToldLevel(out int before);
        if (reached > before)
        {
            OnEntropyArrived();
        }
    }

    private void UpdateToldLevel() => _ = UpdateToldLevel(out _);

    private int UpdateToldLevel(out int before)
    {
        int bits = _rate.BitsFor(CountEvents()) - _options.OversamplingBits;
        int reached = 0;
        while (reached < s_levels.Length && bits >= s_levels[reached])
        {
            reached++;
        }

        before = Interlocked.Exchange(ref _toldLevel, reached);
        return reached;
    }

    private long CountEvents()
    {
        long events = 0;
        foreach (TimerCpu? cpu in _cpus)
        {
            events += cpu?.Events ?? 0;
        }

        return events;
    }
}
