// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;

namespace LrngEngine.Sources;

/// <summary>What a timer-based source takes its events to carry, and what follows from it.</summary>
internal sealed class TimerRate
{
    /// <summary>LRNG's rate that earns nothing.</summary>
    public const long NoCredit = uint.MaxValue;

    // The weakest assumption, H = 1/8 bit an event, under which both cut-offs of the adaptive proportion test can be reached. A
    // source that claims nothing is tested by it.
    private const long UncreditedEventsPer256 = 2048;

    /// <summary>LRNG's oversampling factor for a low-resolution timer.</summary>
    public const int LowResolutionFactor = 10;

    // An event is at most a whole stamp and a word; a word written may clear half of the oldest one.
    private const int LargestEventBytes = 2 * sizeof(uint);

    private const int StrengthBits = 256;

    /// <param name="eventsPer256">The rate set; null for none.</param>
    /// <param name="highResolution">Whether the clock has a step below a microsecond.</param>
    /// <param name="digestBits">Most that a CPU's pool holds.</param>
    /// <param name="slots">Slots of a CPU's array.</param>
    /// <param name="compresses">Whether a full array is hashed at once.</param>
    public TimerRate(long? eventsPer256, bool highResolution, int digestBits, int slots, bool compresses)
    {
        IsCredited = eventsPer256 is not (null or NoCredit);
        IsHighResolution = highResolution;
        EventsPer256 = (IsCredited ? eventsPer256!.Value : UncreditedEventsPer256) * (highResolution ? 1 : LowResolutionFactor);

        // H = 256 / events
        Cutoffs = new NoiseCutoffs((double)EntropyMath.RateUnitBits / EventsPer256);

        // min(digest bits, bits_for(events in the array)) >= S (es_irq:104-116)
        long arrayEvents = (slots / LargestEventBytes) - 1;
        ArrayHoldsSeed = Math.Min(digestBits, EntropyMath.BitsFor(arrayEvents, EventsPer256)) >= StrengthBits;
        long poolEvents = EntropyMath.EventsFor(digestBits, EventsPer256);
        LargestStock = compresses ? poolEvents : Math.Min(poolEvents, arrayEvents);
    }

    /// <summary>Whether events earn anything.</summary>
    public bool IsCredited { get; }

    /// <summary>Whether the clock has a step below a microsecond.</summary>
    public bool IsHighResolution { get; }

    /// <summary>Events taken to carry 256 bits, oversampling for a coarse clock included.</summary>
    public long EventsPer256 { get; }

    /// <summary>Cut-offs of the health tests.</summary>
    public NoiseCutoffs Cutoffs { get; }

    /// <summary>Whether one array alone can hold 256 bits.</summary>
    public bool ArrayHoldsSeed { get; }

    /// <summary>Most events that one CPU counts.</summary>
    public long LargestStock { get; }

    /// <summary>Credit of so many events in bits.</summary>
    public int BitsFor(long events) =>
        IsCredited ? (int)Math.Min(EntropyMath.BitsFor(events, EventsPer256), int.MaxValue) : 0;
}
