// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngCuse.Sampling;

/// <summary>
/// Thins out a storm: where a CPU gives more samples a second than anybody needs, only each second, fourth, ... event is one.
/// Not thread safe.
/// </summary>
internal sealed class PeriodControl
{
    /// <summary>Samples a second of one CPU; above it the period is doubled. 0.8 us each make it 0.8 % of a CPU.</summary>
    internal const int StormRate = 10_000;

    /// <summary>Samples a second below which the period is halved: twice as many are still far from a storm.</summary>
    internal const int CalmRate = StormRate / 4;

    internal const uint MaximumPeriod = 1 << 16;

    // A storm shows in a few milliseconds. That it is over takes longer to tell.
    private const int StormSamples = 64;
    private static readonly TimeSpan s_calmTime = TimeSpan.FromMilliseconds(250);

    /// <summary>Events for each sample, a power of two.</summary>
    internal uint Period { get; private set; } = 1;

    /// <summary>Tells what a CPU gave while it was sampled.</summary>
    /// <param name="samples">Samples since the last change or start, lost ones as well.</param>
    /// <param name="elapsed">Time since then.</param>
    /// <returns>True if the period has changed.</returns>
    internal bool Observe(ulong samples, TimeSpan elapsed)
    {
        Debug.Assert(elapsed >= TimeSpan.Zero, "time goes forward");
        double seconds = Math.Max(elapsed.TotalSeconds, 1e-6);
        if (samples >= StormSamples && samples > StormRate * seconds && Period < MaximumPeriod)
        {
            Period *= 2;
            return true;
        }

        if (elapsed >= s_calmTime && samples < CalmRate * seconds && Period > 1)
        {
            Period /= 2;
            return true;
        }

        return false;
    }

    /// <summary>Whether the observed time is so long that a new one should begin.</summary>
    internal static bool IsComplete(TimeSpan elapsed) => elapsed >= s_calmTime;
}
