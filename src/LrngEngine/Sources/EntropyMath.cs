// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngEngine.Sources;

/// <summary>
/// LRNG's conversions between events, data bits and credited bits. All products are formed in 128 bits and results saturate:
/// LRNG's 32-bit ones can wrap.
/// </summary>
internal static class EntropyMath
{
    /// <summary>The unit of every rate: bits of credit for this many data bits, or events for this many bits.</summary>
    public const int RateUnitBits = 256;

    /// <summary>Credit of a fast source: min(rate * req / 256, req), multiplied first.</summary>
    /// <param name="creditPer256">Credited bits for every 256 data bits; more than 256 counts as 256.</param>
    /// <param name="requestedBits">Data bits delivered.</param>
    public static int FastLevel(long creditPer256, int requestedBits)
    {
        Debug.Assert(creditPer256 >= 0 && requestedBits >= 0, "credits and requests are not negative");
        return (int)Int128.Min((Int128)creditPer256 * requestedBits / RateUnitBits, requestedBits);
    }

    /// <summary>The bits of a request that whole bytes carry: the rest is not delivered, so it must not be credited.</summary>
    public static int WholeBytes(int requestedBits) => requestedBits & ~7;

    /// <summary>Events needed for <paramref name="bits"/> of entropy when <paramref name="eventsPer256"/> events carry 256 bits.</summary>
    public static long EventsFor(long bits, long eventsPer256)
    {
        Debug.Assert(bits >= 0 && eventsPer256 > 0, "a rate is positive");
        return (long)Int128.Min((Int128)bits * eventsPer256 / RateUnitBits, long.MaxValue);
    }

    /// <summary>Entropy in bits of <paramref name="events"/> events when <paramref name="eventsPer256"/> of them carry 256 bits.</summary>
    public static long BitsFor(long events, long eventsPer256)
    {
        Debug.Assert(events >= 0 && eventsPer256 > 0, "a rate is positive");
        return (long)Int128.Min((Int128)events * RateUnitBits / eventsPer256, long.MaxValue);
    }

    /// <summary>What is left of collected bits after the surplus that a conditioner needs: max(bits - oversampling, 0).</summary>
    public static int Reduce(int bits, int oversamplingBits) => bits >= oversamplingBits ? bits - oversamplingBits : 0;
}
