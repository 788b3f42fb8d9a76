// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>Correct predictions and their runs.</summary>
internal struct PredictionTally
{
    private long _run;

    internal long Correct { get; private set; }

    internal long LongestRun { get; private set; }

    internal void Hit()
    {
        Correct++;
        LongestRun = Math.Max(LongestRun, ++_run);
    }

    internal void Miss() => _run = 0;

    internal void Count(bool hit)
    {
        if (hit)
        {
            Hit();
        }
        else
        {
            Miss();
        }
    }
}
