// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Health;

/// <summary>A health test's counter that reached a cut-off.</summary>
/// <param name="Verdict">Which cut-off.</param>
/// <param name="Test">The test.</param>
/// <param name="Count">Its counter B.</param>
internal readonly record struct HealthFailure(HealthVerdict Verdict, HealthTest Test, int Count)
{
    /// <summary>Whether the cut-off has only just been reached: counters go on beyond it (reference 6), and each further event fails
    /// as well without being a failure of its own.</summary>
    internal bool IsNew(NoiseCutoffs cutoffs) =>
        Verdict == HealthVerdict.PermanentFailure || Count == CutoffOf(cutoffs).Intermittent;

    /// <summary>The failure with its numbers.</summary>
    internal string Describe(NoiseCutoffs cutoffs)
    {
        HealthCutoff cutoff = CutoffOf(cutoffs);
        string name = Test == HealthTest.RepetitionCount ? "repetition count test" : "adaptive proportion test";
        return $"{name} at {Count}, cut-off {(Verdict == HealthVerdict.PermanentFailure ? cutoff.Permanent : cutoff.Intermittent)}";
    }

    private HealthCutoff CutoffOf(NoiseCutoffs cutoffs) =>
        Test == HealthTest.RepetitionCount ? cutoffs.Repetition : cutoffs.Proportion;
}
