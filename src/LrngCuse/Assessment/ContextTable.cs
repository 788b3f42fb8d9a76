// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Numerics;

namespace LrngCuse.Assessment;

/// <summary>The contexts of one length, and what followed them: open addressing, at most half full.</summary>
internal sealed class ContextTable
{
    private const int InitialSlots = 256;

    // Contexts in the order of their first use; a slot holds the number of a context + 1, or 0.
    private UInt128[] _contexts = new UInt128[InitialSlots / 2];
    private (int Count, byte Symbol)[] _best = new (int Count, byte Symbol)[InitialSlots / 2];
    private int[] _contextSlots = new int[InitialSlots];
    private int _contextCount;

    // How often a symbol followed a context, in slots by the number of the context and the symbol; 0 is a free slot.
    private (uint Pair, int Count)[] _pairs = new (uint Pair, int Count)[InitialSlots];
    private int _pairCount;

    internal int Find(UInt128 context)
    {
        int mask = _contextSlots.Length - 1;
        for (int slot = Hash(context) & mask; ; slot = (slot + 1) & mask)
        {
            int number = _contextSlots[slot] - 1;
            if (number < 0 || _contexts[number] == context)
            {
                return number;
            }
        }
    }

    internal int FindOrAdd(UInt128 context)
    {
        int found = Find(context);
        if (found >= 0)
        {
            return found;
        }

        if (_contextCount == _contexts.Length)
        {
            GrowContexts();
        }

        _contexts[_contextCount] = context;
        Insert(_contextCount);
        return _contextCount++;
    }

    internal (int Count, byte Symbol) Best(int context) => _best[context];

    internal bool Count(int context, byte symbol, bool mayAdd)
    {
        ref (uint Pair, int Count) entry = ref Slot(_pairs, (uint)context << 8 | symbol);
        bool isNew = entry.Count == 0;
        if (isNew && !mayAdd)
        {
            return true;
        }

        entry.Pair = (uint)context << 8 | symbol;
        int count = ++entry.Count;
        ref (int Count, byte Symbol) best = ref _best[context];
        if (count > best.Count || (count == best.Count && symbol > best.Symbol))
        {
            best = (count, symbol);
        }

        if (isNew && 2 * ++_pairCount > _pairs.Length)
        {
            GrowPairs();
        }

        return isNew;
    }

    private void GrowContexts()
    {
        Array.Resize(ref _contexts, 2 * _contexts.Length);
        Array.Resize(ref _best, _contexts.Length);
        _contextSlots = new int[2 * _contexts.Length];
        for (int number = 0; number < _contextCount; number++)
        {
            Insert(number);
        }
    }

    private void Insert(int number)
    {
        int mask = _contextSlots.Length - 1;
        int slot = Hash(_contexts[number]) & mask;
        while (_contextSlots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        _contextSlots[slot] = number + 1;
    }

    private void GrowPairs()
    {
        var larger = new (uint Pair, int Count)[2 * _pairs.Length];
        foreach ((uint Pair, int Count) entry in _pairs)
        {
            if (entry.Count > 0)
            {
                Slot(larger, entry.Pair) = entry;
            }
        }

        _pairs = larger;
    }

    // The slot of a pair, or the free one that it would take.
    private static ref (uint Pair, int Count) Slot((uint Pair, int Count)[] pairs, uint pair)
    {
        int mask = pairs.Length - 1;
        int slot = Mix(pair) & mask;
        while (pairs[slot].Count != 0 && pairs[slot].Pair != pair)
        {
            slot = (slot + 1) & mask;
        }

        return ref pairs[slot];
    }

    private static int Hash(UInt128 context) =>
        Mix((ulong)context ^ BitOperations.RotateLeft((ulong)(context >> 64) * 0xC2B2AE3D27D4EB4F, 31));

    // Fibonacci hashing: the high bits of the product depend on all bits.
    private static int Mix(ulong value) => (int)(value * 0x9E3779B97F4A7C15 >> 33);
}
