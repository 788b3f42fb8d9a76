// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using LrngEngine.Memory;
using LrngEngine.Timing;

namespace LrngEngine.Tests.Timing;

/// <summary>LRNG's self-test of the data array (reference 9.1).</summary>
[TestFixture]
internal sealed class CollectionPoolTests
{
    private SecretArena _arena;

    [SetUp]
    public void MapArena() => _arena = new SecretArena(16384);

    [TearDown]
    public void UnmapArena() => _arena.Dispose();

    [Test]
    public void A_word_between_slots_is_split_as_in_the_self_test()
    {
        using var pool = new CollectionPool(_arena, 32);
        Poison(pool);
        _ = pool.AddSlot(0);
        AddWord(pool, 0x03020104);
        foreach (byte value in new byte[] { 5, 6, 7 })
        {
            _ = pool.AddSlot(value);
        }

        Assert.That(Word(pool, 0), Is.EqualTo(0x03020100));
        Assert.That(Word(pool, 1), Is.EqualTo(0x07060504));
    }

    [Test]
    public void Slots_in_a_row_give_the_words_of_the_self_test([Values(32, 256, 1024, 8192)] int slots)
    {
        using var pool = new CollectionPool(_arena, slots);
        Poison(pool);
        bool[] full = [.. Enumerable.Range(0, slots).Select(index => pool.AddSlot((byte)index))];
        Assert.That(Word(pool, 0), Is.EqualTo(0x03020100));
        Assert.That(Word(pool, 1), Is.EqualTo(0x07060504));
        Assert.That(Word(pool, (slots / 4) - 1), Is.EqualTo(slots == 32 ? 0x1f1e1d1c : 0xfffefdfc));
        Assert.That(full[..^1], Is.All.False);
        Assert.That(full[^1], Is.True);
    }

    [Test]
    public void A_word_keeps_all_slots_before_it_and_clears_the_rest_of_the_word_it_ends_in([Range(0, 3)] int slotsBefore)
    {
        using var pool = new CollectionPool(_arena, 32);
        Poison(pool);
        for (int i = 0; i < slotsBefore; i++)
        {
            _ = pool.AddSlot((byte)(0xa0 + i));
        }

        AddWord(pool, 0x44332211);
        uint mask = (1u << (8 * slotsBefore)) - 1;
        Assert.That(Word(pool, 0), Is.EqualTo((0x00a2a1a0 & mask) | (0x44332211 & ~mask)));
        Assert.That(Word(pool, 1), Is.EqualTo(0x44332211 & mask));
        Assert.That(Word(pool, 2), Is.EqualTo(uint.MaxValue));
    }

    [Test]
    public void An_array_is_full_before_the_part_of_a_word_that_begins_anew([Range(0, 4)] int slotsLeft)
    {
        using var pool = new CollectionPool(_arena, 32);
        for (int i = 0; i < 32 - slotsLeft; i++)
        {
            _ = pool.AddSlot(0xee);
        }

        if (slotsLeft == 0)
        {
            Assert.That(pool.BeginWord(0x44332211), Is.False, "it has begun anew already");
            return;
        }

        Assert.That(pool.BeginWord(0x44332211), Is.True);
        Assert.That(pool.Content[0], Is.EqualTo(0xee), "the beginning is still there to be hashed");
        pool.EndWord(0x44332211);
        uint mask = (uint)((1UL << (8 * (4 - slotsLeft))) - 1);
        Assert.That(Word(pool, 0), Is.EqualTo(0x44332211 & mask));
        _ = pool.AddSlot(0x77);
        Assert.That(pool.Content[4 - slotsLeft], Is.EqualTo(0x77), "the next slot follows the word");
    }

    private static void Poison(CollectionPool pool)
    {
        while (!pool.AddSlot(0xff))
        {
        }
    }

    private static void AddWord(CollectionPool pool, uint data)
    {
        _ = pool.BeginWord(data);
        pool.EndWord(data);
    }

    private static uint Word(CollectionPool pool, int index) => BinaryPrimitives.ReadUInt32LittleEndian(pool.Content[(4 * index)..]);
}
