// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;
using LrngEngine.Timing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LrngEngine.Sources;

/// <summary>Settings of a timer-based source.</summary>
public sealed record TimerSourceOptions
{
    /// <summary>Events that carry 256 bits of entropy, 256..4294967295; LRNG's irq_entropy and sched_entropy, where the last value
    /// earns nothing. Null: nobody has assessed this platform, and events are mixed in without credit.</summary>
    public long? EventsPer256Bits { get; init; }

    /// <summary>Why this rate, in words for the administrator; null for a general reason.</summary>
    public string? Reason { get; init; }

    /// <summary>CPUs that events may name are 0 to one less than this: all that the machine can have, not only those that this
    /// process may run on.</summary>
    public int PossibleCpus { get; init; } = Environment.ProcessorCount;

    /// <summary>Slots of 8 bits in a CPU's array, a power of two within 32..8192 (LRNG_COLLECTION_SIZE).</summary>
    public int Slots { get; init; } = CollectionPool.DefaultSlots;

    /// <summary>Whether a full array is hashed at once instead of being written over. On in any case if one array at this rate
    /// cannot hold 256 bits.</summary>
    public bool ContinuousCompression { get; init; } = true;

    /// <summary>Collected bits that a conditioned output costs beyond its credit: 64 in SP 800-90C mode.</summary>
    public int OversamplingBits { get; init; }

    /// <summary>Whether stamps come from a clock of high resolution. If not, or if the step of the stamps is a microsecond or
    /// more, ten times as many events are needed.</summary>
    public bool HighResolutionTimer { get; init; } = true;

    /// <summary>Maps the memory of one CPU's pool: number of the CPU, bytes.</summary>
    internal Func<int, int, SecretArena> MapCpuMemory { get; init; } = static (_, bytes) => new SecretArena(bytes);

    /// <summary>Measures what events cost while that is recorded.</summary>
    public CycleCounter Counter { get; init; } = new MonotonicCounter();

    /// <summary>Receives state changes.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Whether events are to earn anything.</summary>
    internal bool IsCredited => EventsPer256Bits is not (null or TimerRate.NoCredit);

    /// <exception cref="ArgumentOutOfRangeException">Names the setting, its value and what is accepted.</exception>
    internal void Validate()
    {
        Require(
            EventsPer256Bits is null or (>= EntropyMath.RateUnitBits and <= TimerRate.NoCredit),
            nameof(EventsPer256Bits),
            EventsPer256Bits,
            $"{EntropyMath.RateUnitBits}..{TimerRate.NoCredit} events");
        Require(PossibleCpus >= 1, nameof(PossibleCpus), PossibleCpus, "1 or more");
        Require(
            CollectionPool.AreValid(Slots),
            nameof(Slots),
            Slots,
            $"a power of two within {CollectionPool.SmallestSlots}..{CollectionPool.LargestSlots}");
        Require(OversamplingBits >= 0, nameof(OversamplingBits), OversamplingBits, "0 or more bits");
    }

    private static void Require(bool holds, string setting, object? value, string accepted)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(setting, $"{setting} = {value}: accepted is {accepted}");
        }
    }
}
