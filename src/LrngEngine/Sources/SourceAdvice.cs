// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources;

/// <summary>What an administrator can do about a source, for its status.</summary>
internal static class SourceAdvice
{
    /// <summary>After a permanent failure.</summary>
    internal const string AfterPermanentFailure =
        "its noise is not what its rate says: record and assess it (lrng raw, lrng assess), then start again";
}
