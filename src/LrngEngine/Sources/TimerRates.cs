// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources;

/// <summary>What events are taken to carry, for either kind of clock.</summary>
/// <param name="Fine">By a clock with a step below a microsecond.</param>
/// <param name="Coarse">By another one.</param>
internal sealed record TimerRates(TimerRate Fine, TimerRate Coarse)
{
    /// <summary>The rate by the present clock.</summary>
    internal TimerRate Of(bool highResolution) => highResolution ? Fine : Coarse;
}
