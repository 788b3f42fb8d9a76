// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Drng;

/// <summary>What a generate operation brought about besides its output.</summary>
internal enum GenerateOutcome
{
    /// <summary>Nothing.</summary>
    Done,

    /// <summary>A reseed became due with this operation; reported once for each time.</summary>
    ReseedDue,

    /// <summary>Too many operations went by without a full reseed: the instance is not fully seeded any more.</summary>
    SeedLost,

    /// <summary>The output that one full seed allows is given; the piece may be short or empty.</summary>
    LimitReached,
}
