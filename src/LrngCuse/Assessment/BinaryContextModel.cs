// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>Contexts of bits: the bits after a leading one are the index of two counts.</summary>
internal struct BinaryContextModel : IContextModel
{
    private readonly byte[] _bits;
    private readonly int[] _counts;
    private int _position;
    private int _history;

    /// <param name="sequence">Bits.</param>
    /// <param name="longest">Length of the longest context.</param>
    internal BinaryContextModel(SymbolSequence sequence, int longest)
    {
        _bits = sequence.Symbols.ToArray();
        _counts = new int[4 << longest];
    }

    public void MoveTo(int position)
    {
        _position = position < _position ? 0 : _position;
        while (_position < position)
        {
            _history = _history << 1 | _bits[_position++];
        }
    }

    public readonly int Find(int length)
    {
        int context = FindOrAdd(length);
        return (_counts[context] | _counts[context + 1]) == 0 ? IContextModel.Unknown : context;
    }

    public readonly int FindOrAdd(int length) => ((_history & ((1 << length) - 1)) | 1 << length) << 1;

    public readonly (int Count, byte Symbol) Best(int length, int context)
    {
        int zeros = _counts[context];
        int ones = _counts[context + 1];
        return zeros > ones ? (zeros, (byte)0) : (ones, (byte)1);
    }

    public readonly bool Count(int length, int context, byte symbol, bool mayAdd)
    {
        ref int count = ref _counts[context + symbol];
        bool isNew = count == 0;
        count += isNew && !mayAdd ? 0 : 1;
        return isNew;
    }
}
