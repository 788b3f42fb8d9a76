// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources.Jitter;

/// <summary>How the collection of a block ended.</summary>
internal enum JitterCollection
{
    /// <summary>The block is complete.</summary>
    Complete,

    /// <summary>Somebody asked to stop. What was measured is kept for the next block.</summary>
    Interrupted,

    /// <summary>A health test reached its intermittent cut-off. What was measured must be discarded.</summary>
    IntermittentFailure,

    /// <summary>A health test reached its permanent cut-off.</summary>
    PermanentFailure,
}
