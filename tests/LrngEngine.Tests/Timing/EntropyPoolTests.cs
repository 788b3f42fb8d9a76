// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.Timing;

namespace LrngEngine.Tests.Timing;

[TestFixture]
internal sealed class EntropyPoolTests
{
    private const int Slots = 32;
    private SecretArena _arena;

    [SetUp]
    public void MapArena() => _arena = new SecretArena(8192);

    [TearDown]
    public void UnmapArena() => _arena.Dispose();

    [TestCase(true)]
    [TestCase(false)]
    public void It_gives_one_half_of_its_digest_away_and_lives_on_in_the_other(bool compresses)
    {
        using var pool = new EntropyPool(_arena, new Sha512Hash(_arena), Slots, compresses);
        byte[] first = [.. Enumerable.Range(1, Slots).Select(index => (byte)index)];
        byte[] second = new byte[Slots];
        second[0] = 99;
        foreach (byte value in first)
        {
            pool.AddSlot(value);
        }

        pool.AddSlot(99);
        byte[] array = [99, .. first[1..]];

        // D = H(full arrays || array); output = H(1 || D); key = H(2 || D)
        byte[] digest = SHA512.HashData(compresses ? [.. first, .. array] : array);
        Assert.That(Extract(pool), Is.EqualTo(SHA512.HashData(SHA512.HashData([1, .. digest]))));

        // The array is empty: what it held must not be found after the seed was made from it.
        byte[] key = SHA512.HashData([2, .. digest]);
        pool.AddSlot(99);
        byte[] next = SHA512.HashData([.. key, .. second]);
        Assert.That(Extract(pool), Is.EqualTo(SHA512.HashData(SHA512.HashData([1, .. next]))));
    }

    [Test]
    public void A_word_over_the_end_is_hashed_in_both_parts()
    {
        using var pool = new EntropyPool(_arena, new Sha512Hash(_arena), Slots, compresses: true);
        for (int i = 0; i < Slots - 3; i++)
        {
            pool.AddSlot(0xee);
        }

        pool.AddWord(0x44332211);
        byte[] body = [.. Enumerable.Repeat((byte)0xee, Slots - 3)];

        // 29 mod 4 = 1: the byte inside the mask begins the next array.
        byte[] full = [.. body, 0x22, 0x33, 0x44];
        byte[] array = [0x11, 0, 0, 0, .. full[4..]];
        byte[] digest = SHA512.HashData([.. full, .. array]);
        Assert.That(Extract(pool), Is.EqualTo(SHA512.HashData(SHA512.HashData([1, .. digest]))));
    }

    [Test]
    public void No_digest_is_left_in_the_scratch()
    {
        using var pool = new EntropyPool(_arena, new Sha512Hash(_arena), Slots, compresses: true);
        using var outer = new Sha512Hash(_arena);
        byte[] scratch = [.. Enumerable.Repeat((byte)1, EntropyPool.ScratchBytes)];
        pool.Extract(outer, scratch);
        Assert.That(scratch, Is.All.Zero);
    }

    private byte[] Extract(EntropyPool pool)
    {
        using var outer = new Sha512Hash(_arena);
        byte[] output = new byte[64];
        pool.Extract(outer, new byte[EntropyPool.ScratchBytes]);
        outer.Finish(output);
        return output;
    }
}
