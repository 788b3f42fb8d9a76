// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>
/// What followed each context, the last 1..16 symbols, so far. Implemented by structs, so that the predictors are compiled once for
/// each. A context is a number of its own for each length.
/// </summary>
internal interface IContextModel
{
    const int Unknown = -1;

    /// <summary>From here on contexts are those that end before the symbol at <paramref name="position"/>.</summary>
    void MoveTo(int position);

    /// <returns>The context, or Unknown if nothing was counted for it.</returns>
    int Find(int length);

    int FindOrAdd(int length);

    /// <summary>How often the most frequent symbol followed, and which; of several the greatest.</summary>
    (int Count, byte Symbol) Best(int length, int context);

    /// <summary>Counts that <paramref name="symbol"/> followed.</summary>
    /// <returns>Whether it never did before. Then it is counted only with <paramref name="mayAdd"/>.</returns>
    bool Count(int length, int context, byte symbol, bool mayAdd);
}
