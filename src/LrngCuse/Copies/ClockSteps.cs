// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Copies;

/// <summary>
/// By how much the time of day was set against the time since boot. A machine that is resumed from a snapshot has the snapshot's time
/// until somebody sets it. Sleep counts in both clocks, and a clock that is slewed is not set.
/// </summary>
internal sealed class ClockSteps
{
    /// <summary>Steps below this are those of a clock that is kept well.</summary>
    internal static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    private readonly Func<TimeSpan> _difference;
    private TimeSpan _last;

    /// <param name="difference">Time of day minus time since boot.</param>
    internal ClockSteps(Func<TimeSpan> difference)
    {
        _difference = difference;
        _last = difference();
    }

    /// <summary>To be called when the clock was set.</summary>
    /// <returns>The step since the last call; zero for a small one.</returns>
    internal TimeSpan Take()
    {
        TimeSpan now = _difference();
        TimeSpan step = now - _last;
        _last = now;
        return step.Duration() >= Least ? step : TimeSpan.Zero;
    }
}
