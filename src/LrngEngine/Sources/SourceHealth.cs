// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;

namespace LrngEngine.Sources;

/// <summary>The continuous health tests of a source (SP 800-90B 4.4): an intermittent failure has it discard everything and start up
/// again, a permanent one ends it.</summary>
/// <param name="RepetitionIntermittent">Intermittent cut-off of the repetition count test.</param>
/// <param name="RepetitionPermanent">Its permanent cut-off.</param>
/// <param name="ProportionIntermittent">Intermittent cut-off of the adaptive proportion test; above the window, the test cannot
/// fail.</param>
/// <param name="ProportionPermanent">Its permanent cut-off.</param>
/// <param name="Window">Samples in a window of the adaptive proportion test.</param>
/// <param name="Failures">Failures so far.</param>
/// <param name="LastFailure">The last one with its numbers; null if there was none.</param>
public sealed record SourceHealth(
    int RepetitionIntermittent,
    int RepetitionPermanent,
    int ProportionIntermittent,
    int ProportionPermanent,
    int Window,
    long Failures,
    string? LastFailure)
{
    internal SourceHealth(NoiseCutoffs cutoffs, long failures, string? lastFailure)
        : this(
            cutoffs.Repetition.Intermittent,
            cutoffs.Repetition.Permanent,
            cutoffs.Proportion.Intermittent,
            cutoffs.Proportion.Permanent,
            HealthCutoff.AptWindow,
            failures,
            lastFailure)
    {
    }
}
