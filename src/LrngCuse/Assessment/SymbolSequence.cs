// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>A data set of consecutive symbols 0..AlphabetSize-1, as the estimators of SP 800-90B 6.3 take it.</summary>
internal sealed class SymbolSequence
{
    private readonly byte[] _symbols;
    private readonly Lazy<RepeatedStrings> _repeated;

    /// <param name="symbols">Each below <paramref name="alphabetSize"/>; not copied.</param>
    /// <param name="alphabetSize">k, from 1 to 256.</param>
    internal SymbolSequence(byte[] symbols, int alphabetSize)
    {
        _symbols = symbols;
        AlphabetSize = alphabetSize;
        _repeated = new Lazy<RepeatedStrings>(() => RepeatedStrings.Of(_symbols, AlphabetSize));
    }

    internal int AlphabetSize { get; }

    internal int Length => _symbols.Length;

    internal bool IsBinary => AlphabetSize == 2;

    internal ReadOnlySpan<byte> Symbols => _symbols;

    /// <summary>Found once, for the two estimators that need it.</summary>
    internal RepeatedStrings Repeated => _repeated.Value;
}
