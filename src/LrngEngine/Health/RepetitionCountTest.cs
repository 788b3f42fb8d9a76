// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Health;

/// <summary>
/// Repetition count test (SP 800-90B 4.4.1). Blittable, so that it lies in its owner's secret memory; not synchronised.
/// </summary>
/// <remarks>Steps of the standard: A = first sample, B = 1; a sample equal to A makes B = B + 1 and fails if B >= C; another
/// one becomes A and B = 1.</remarks>
internal struct RepetitionCountTest
{
    private ulong _sample; // A
    private int _count;    // B; 0 before the first sample

    /// <summary>B, the length of the present run.</summary>
    public readonly int Count => _count;

    /// <summary>Takes the next sample.</summary>
    public HealthVerdict Add(ulong sample, in HealthCutoff cutoff)
    {
        bool repeats = _count > 0 && sample == _sample;
        _sample = sample;
        return AddRepetition(repeats, cutoff);
    }

    /// <summary>Takes the verdict of a stuck test in place of a comparison, as the Jitter RNG does: a stuck sample counts as a
    /// repetition of the one before.</summary>
    public HealthVerdict AddRepetition(bool repeats, in HealthCutoff cutoff)
    {
        if (!repeats || _count == 0)
        {
            _count = 1;
            return HealthVerdict.Pass;
        }

        // Saturates: a run longer than 2^31 must not wrap into health.
        _count = Math.Min(_count, int.MaxValue - 1) + 1;
        return cutoff.Judge(_count);
    }
}
