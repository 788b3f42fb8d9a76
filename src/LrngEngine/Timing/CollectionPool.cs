// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Runtime.InteropServices;
using LrngEngine.Memory;

namespace LrngEngine.Timing;

/// <summary>
/// The array that collects one CPU's events: N slots of 8 bits in words of 32, slot k in bits 8 * (k mod 4) of word k / 4 (LRNG's
/// data array). Full once every slot was written; its owner hashes it and it is written over. Not synchronised.
/// </summary>
/// <remarks>The index is that of the next free slot, as in LRNG's self-test. LRNG's live code keeps the last used one, so that a
/// word of 32 bits overwrites the time stamp before it and leaves a slot unused behind itself.</remarks>
internal sealed class CollectionPool : IDisposable
{
    /// <summary>Fewest slots.</summary>
    public const int SmallestSlots = 32;

    /// <summary>LRNG_COLLECTION_SIZE.</summary>
    public const int DefaultSlots = 1024;

    /// <summary>Most slots.</summary>
    public const int LargestSlots = 8192;

    private const int SlotsPerWord = sizeof(uint);
    private const int SlotBits = 8;

    private readonly SecretBuffer _array;
    private readonly int _slotMask;
    private int _next;

    /// <param name="arena">Where the array lives: a byte for each slot.</param>
    /// <param name="slots">N, a power of two.</param>
    public CollectionPool(SecretArena arena, int slots)
    {
        Debug.Assert(AreValid(slots), "checked by the source");
        _array = arena.Allocate(slots);
        _slotMask = slots - 1;
    }

    /// <summary>All slots as bytes, slot 0 first.</summary>
    public ReadOnlySpan<byte> Content => _array.Span;

    private Span<uint> Words => MemoryMarshal.Cast<byte, uint>(_array.Span);

    /// <summary>Whether an array may have this size.</summary>
    public static bool AreValid(int slots) => slots is >= SmallestSlots and <= LargestSlots && int.IsPow2(slots);

    /// <summary>Stores 8 bits.</summary>
    /// <returns>True if the array is full now.</returns>
    public bool AddSlot(byte value)
    {
        // On the little-endian machines that this runs on, byte k is bits 8 * (k mod 4) of word k / 4. The whole word is written: a CPU
        // that has just stored a byte of it would have to wait before it can load the word, which comes next.
        int shift = SlotBits * (_next % SlotsPerWord);
        ref uint word = ref Words[_next / SlotsPerWord];
        word = (word & ~((uint)byte.MaxValue << shift)) | ((uint)value << shift);
        _next = (_next + 1) & _slotMask;
        return _next == 0;
    }

    /// <summary>Stores the first part of 32 bits: the word that holds the next slot receives the bits outside the mask; those inside,
    /// which are slots in use, stay. <see cref="EndWord"/> has to follow.</summary>
    /// <returns>True if the array is full now, which is to be hashed in between.</returns>
    public bool BeginWord(uint data)
    {
        // p_prev = next, mask = (1 << 8 * (p_prev mod 4)) - 1 (reference 5.1)
        int previous = _next;
        uint mask = MaskAt(previous);
        ref uint word = ref Words[previous / SlotsPerWord];
        word = (word & mask) | (data & ~mask);
        _next = (previous + SlotsPerWord) & _slotMask;
        return _next < previous;
    }

    /// <summary>Stores the second part: the following word is overwritten with the bits inside the mask.</summary>
    public void EndWord(uint data) => Words[_next / SlotsPerWord] = data & MaskAt(_next);

    /// <summary>Empties the array.</summary>
    public void Wipe()
    {
        _array.Wipe();
        _next = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _array.Dispose();

    private static uint MaskAt(int slot) => (1u << (SlotBits * (slot % SlotsPerWord))) - 1;
}
