// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Health;

/// <summary>
/// Adaptive proportion test (SP 800-90B 4.4.2) over windows of <see cref="HealthCutoff.AptWindow"/> samples. Blittable, so that
/// it lies in its owner's secret memory; not synchronised.
/// </summary>
/// <remarks>Steps of the standard: A = first sample of the window, B = 1; each of the W-1 samples that follow and equals A makes
/// B = B + 1 and fails if B >= C; then the next sample opens a new window.</remarks>
internal struct AdaptiveProportionTest
{
    private ulong _base;    // A
    private int _count;     // B
    private int _remaining; // samples that the window still takes; 0: the next one is a base sample

    /// <summary>B, the occurrences of the base sample in this window, itself included.</summary>
    public readonly int Count => _count;

    /// <summary>Whether a cut-off can be reached at all within a window.</summary>
    public static bool IsActive(int cutoff) => cutoff <= HealthCutoff.AptWindow;

    /// <summary>Takes the next sample.</summary>
    public HealthVerdict Add(ulong sample, in HealthCutoff cutoff)
    {
        if (_remaining == 0)
        {
            _base = sample;
            _count = 1;
            _remaining = HealthCutoff.AptWindow - 1;
            return HealthVerdict.Pass;
        }

        _remaining--;
        if (sample != _base)
        {
            return HealthVerdict.Pass;
        }

        _count++;
        return cutoff.Judge(_count);
    }
}
