// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine;

/// <summary>What follows when a continuous health test of a credited source fails for good. The source gives nothing any more and all
/// seeds are given up in any case.</summary>
public enum PermanentFailurePolicy
{
    /// <summary>The generator is seeded afresh from the other sources.</summary>
    Disable,

    /// <summary>The generator enters the error state: nobody gets a byte any more (<see cref="GeneratorFailedException"/>).</summary>
    Stop,
}
