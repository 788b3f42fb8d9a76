// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Health;

/// <summary>Cut-offs of both continuous health tests for an assumed min-entropy of H bits an event.</summary>
internal sealed class NoiseCutoffs
{
    /// <summary>Computes the cut-offs.</summary>
    /// <param name="entropyBits">H, above 0 and at most 1.</param>
    public NoiseCutoffs(double entropyBits)
    {
        Repetition = HealthCutoff.ForRepetitionCount(entropyBits);
        Proportion = HealthCutoff.ForAdaptiveProportion(entropyBits);
    }

    /// <summary>RCT over stuck verdicts.</summary>
    public HealthCutoff Repetition { get; }

    /// <summary>APT over the four low bits.</summary>
    public HealthCutoff Proportion { get; }

    /// <summary>For the status: "RCT 31/61, APT 325/355 of 512".</summary>
    public override string ToString() =>
        $"RCT {Repetition.Intermittent}/{Repetition.Permanent}, "
        + $"APT {Shown(Proportion.Intermittent)}/{Shown(Proportion.Permanent)} of {HealthCutoff.AptWindow}";

    private static string Shown(int cutoff) => AdaptiveProportionTest.IsActive(cutoff) ? $"{cutoff}" : "inactive";
}
