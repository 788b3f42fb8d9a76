// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Health;

/// <summary>The continuous health tests of SP 800-90B 4.4.</summary>
public enum HealthTest
{
    /// <summary>Repetition count test (SP 800-90B 4.4.1).</summary>
    RepetitionCount,

    /// <summary>Adaptive proportion test (SP 800-90B 4.4.2).</summary>
    AdaptiveProportion,
}
