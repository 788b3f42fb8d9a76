// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.SelfTests;

/// <summary>What the self-tests found.</summary>
/// <param name="Tests">Known answers that the last run looked at.</param>
/// <param name="LastRun">When that was.</param>
/// <param name="FailedAreas">What failed, in that run or in one before it.</param>
/// <param name="Failures">Each failure in words: the test and what is wrong; of the run that found them.</param>
public sealed record SelfTestReport(int Tests, DateTimeOffset LastRun, SelfTestAreas FailedAreas, IReadOnlyList<string> Failures)
{
    /// <summary>Whether nothing failed; otherwise the generator is in the error state.</summary>
    public bool Passed => FailedAreas == SelfTestAreas.None;

    /// <summary>LRNG's status word: 0 if nothing failed.</summary>
    public uint StatusWord => (uint)FailedAreas;
}
