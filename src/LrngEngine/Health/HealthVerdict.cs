// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Health;

/// <summary>What a continuous health test says after one sample. Ordered: the greater is the worse.</summary>
public enum HealthVerdict
{
    /// <summary>Nothing is wrong with this sample.</summary>
    Pass,

    /// <summary>The intermittent cut-off is reached: what was collected is discarded and the start-up test runs again.</summary>
    IntermittentFailure,

    /// <summary>The permanent cut-off is reached: the source is not used again.</summary>
    PermanentFailure,
}
