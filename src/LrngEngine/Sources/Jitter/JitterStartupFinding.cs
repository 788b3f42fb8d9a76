// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources.Jitter;

/// <summary>What the start-up test of the jitter source found.</summary>
public enum JitterStartupFinding
{
    /// <summary>Nothing wrong: deltas may be used.</summary>
    Passed,

    /// <summary>The counter does not run: every delta is zero.</summary>
    CounterStopped,

    /// <summary>The counter ran backwards more than three times.</summary>
    RunsBackwards,

    /// <summary>The deltas vary by less than one step of the counter on average.</summary>
    NoVariation,

    /// <summary>The counter's steps are too coarse.</summary>
    TooCoarse,

    /// <summary>More than 90 % of the deltas are stuck.</summary>
    Stuck,

    /// <summary>RCT or APT reached its intermittent cut-off.</summary>
    HealthTest,

    /// <summary>RCT or APT reached its permanent cut-off.</summary>
    PermanentHealthTest,
}
