// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;

namespace LrngEngine.Sources.Jitter;

/// <summary>Cut-offs of the jitter source's health tests for an assumed min-entropy of H = 1/osr bits a delta.</summary>
internal sealed class JitterCutoffs
{
    /// <summary>Computes the cut-offs.</summary>
    /// <param name="oversampling">The oversampling rate osr.</param>
    public JitterCutoffs(int oversampling)
    {
        double entropyBits = 1.0 / oversampling;
        Repetition = HealthCutoff.ForRepetitionCount(entropyBits);
        Proportion = HealthCutoff.ForAdaptiveProportion(entropyBits);
    }

    /// <summary>RCT over stuck verdicts.</summary>
    public HealthCutoff Repetition { get; }

    /// <summary>APT over the four low bits.</summary>
    public HealthCutoff Proportion { get; }

    /// <summary>For the status: "RCT 91/181, APT 458/479 of 512".</summary>
    public override string ToString() =>
        $"RCT {Repetition.Intermittent}/{Repetition.Permanent}, "
        + $"APT {Shown(Proportion.Intermittent)}/{Shown(Proportion.Permanent)} of {HealthCutoff.AptWindow}";

    private static string Shown(int cutoff) => AdaptiveProportionTest.IsActive(cutoff) ? $"{cutoff}" : "inactive";
}
