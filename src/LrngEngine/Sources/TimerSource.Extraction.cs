// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.Sources;

/// <content>Fills the seed buffer (reference 5.2).</content>
public abstract partial class TimerSource
{
    // One extraction at a time; guards the outer hash and the scratch.
    private readonly Lock _extracting = new();
    private ConditioningHash _outer;
    private readonly SecretBuffer _scratch;

    /// <inheritdoc/>
    /// <remarks>Requests beyond one digest are answered by one digest. Once the start-up test has passed, the slot is filled
    /// whatever the credit; before, it is left alone.</remarks>
    public override int GetEntropy(Span<byte> slot, int requestedBits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requestedBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requestedBits, slot.Length * 8);
        bool wanted = WantsEvents;
        int credited;
        lock (_extracting)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            int request = WholeBytes(requestedBits);
            if (!_condition.Delivers || request == 0)
            {
                return 0;
            }

            credited = GetEntropyCore(slot[..(request / 8)], request);
        }

        UpdateToldLevel();
        TellWanted(wanted);
        return credited;
    }

    /// <inheritdoc/>
    public override int AvailableEntropy(int requestedBits)
    {
        TimerRate rate = _rate;
        int request = WholeBytes(requestedBits);
        return _condition.Delivers && request > 0
            ? Credit(Math.Min(CountEvents(), Target(request, rate)), rate, out _)
            : 0;
    }

    PreparedHash IConditioned.PrepareHash(ConditioningHashFactory hash) =>
        new(hash.Create(_arena), outer => SwitchHash(outer, hash.Create));

    private void SwitchHash(ConditioningHash outer, Func<SecretArena, ConditioningHash> create)
    {
        bool wanted = WantsEvents;
        lock (_extracting)
        {
            lock (_gate)
            {
                if (_disposed)
                {
                    outer.Dispose();
                    return;
                }

                // Pools that are made from now on have the new hash.
                long before = _rate.LargestStock;
                ConditioningHash old = Interlocked.Exchange(ref _outer, outer);
                old.Dispose();
                _createHash = create;
                TimerRates rates = RatesNow();
                TimerRate rate = rates.Of(_rate.IsHighResolution);
                foreach (TimerCpu? cpu in _cpus)
                {
                    cpu?.SwitchHash(create, Math.Min(before, rate.LargestStock), _scratch.Span);
                }

                // Both at once, or what is counted would be discarded as for a clock that changed.
                _rates = rates;
                _rate = rate;
            }
        }

        UpdateToldLevel();
        TellWanted(wanted);
    }

    // Under _extracting.
    private int GetEntropyCore(Span<byte> output, int request)
    {
        int epoch = Volatile.Read(ref _epoch);
        TimerRate rate = _rate;
        long target = Target(request, rate);
        long collected = 0;
        try
        {
            for (int cpu = 0; cpu < _cpus.Length; cpu++)
            {
                if (_cpus[cpu] is { } pool)
                {
                    (long used, long left) = pool.Extract(target - collected, rate, _outer, _scratch.Span);
                    collected += used;
                    Log.TimerEventsUsed(Steps, used, EventsName, StoreName, cpu, left, EventsName);
                }
            }

            Span<byte> digest = _scratch.Span[.._outer.DigestBytes];
            _outer.Finish(digest);
            digest[..output.Length].CopyTo(output);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(_scratch.Span);
        }

        // A health test that failed meanwhile, on whatever CPU, takes this credit with all other.
        int credited = Credit(collected, rate, out int bits);
        credited = epoch == Volatile.Read(ref _epoch) ? credited : 0;
        Log.TimerObtained(Steps, credited, bits, NoiseName);
        return credited;
    }

    private int WholeBytes(int requestedBits) => EntropyMath.WholeBytes(Math.Min(requestedBits, _outer.DigestBytes * 8));

    // target = events_for(req + OSR)
    private long Target(int request, TimerRate rate) =>
        EntropyMath.EventsFor(request + _options.OversamplingBits, rate.EventsPer256);

    // returned = reduce(bits_for(collected))
    private int Credit(long collected, TimerRate rate, out int bits)
    {
        bits = rate.BitsFor(collected);
        return EntropyMath.Reduce(bits, _options.OversamplingBits);
    }
}
