// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>Contexts of symbols of up to eight bits: a hash table for each length.</summary>
internal struct SymbolContextModel : IContextModel
{
    private readonly byte[] _symbols;
    private readonly ContextTable[] _tables;
    private int _position;
    private UInt128 _history;

    /// <param name="sequence">Symbols.</param>
    /// <param name="longest">Length of the longest context, at most 16.</param>
    internal SymbolContextModel(SymbolSequence sequence, int longest)
    {
        _symbols = sequence.Symbols.ToArray();
        _tables = new ContextTable[longest];
        for (int i = 0; i < longest; i++)
        {
            _tables[i] = new ContextTable();
        }
    }

    public void MoveTo(int position)
    {
        _position = position < _position ? 0 : _position;
        while (_position < position)
        {
            _history = _history << 8 | _symbols[_position++];
        }
    }

    public readonly int Find(int length) => _tables[length - 1].Find(Last(length));

    public readonly int FindOrAdd(int length) => _tables[length - 1].FindOrAdd(Last(length));

    public readonly (int Count, byte Symbol) Best(int length, int context) => _tables[length - 1].Best(context);

    public readonly bool Count(int length, int context, byte symbol, bool mayAdd) => _tables[length - 1].Count(context, symbol, mayAdd);

    private readonly UInt128 Last(int length) => length == 16 ? _history : _history & ((UInt128.One << (8 * length)) - UInt128.One);
}
