// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.Sources;
using LrngEngine.Sources.Auxiliary;

namespace LrngEngine.Tests.Sources.Auxiliary;

[TestFixture]
internal sealed class AuxiliaryPoolTests
{
    private SecretArena _arena = null!;

    [SetUp]
    public void MapArena() => _arena = new SecretArena(8192);

    [TearDown]
    public void UnmapArena() => _arena.Dispose();

    [TestCase(32, 256L, 256)]
    [TestCase(32, 257L, 256)]
    [TestCase(32, 100L, 100)]
    [TestCase(32, -1L, 0)]
    [TestCase(32, long.MinValue, 0)]
    [TestCase(0, 8L, 0)]
    [TestCase(100, long.MaxValue, 512)]
    public void Claims_are_clamped_to_the_data_and_to_the_digest(int bytes, long bits, int credited)
    {
        using AuxiliaryPool pool = Pool();
        pool.Insert(new byte[bytes], bits);
        Assert.That(pool.EntropyBits, Is.EqualTo(credited));
    }

    [TestCase(0, 100, 50, 150)]
    [TestCase(0, 100, -50, 50)]
    [TestCase(0, 100, -101, 0)]
    [TestCase(0, 100, int.MinValue, 0)]
    [TestCase(0, 500, 13, 512)]
    [TestCase(0, 500, int.MaxValue, 512)]
    [TestCase(64, 100, 50, 86)]
    [TestCase(64, 63, 7, 7)]
    public void Credit_by_hand_starts_from_what_is_shown(int oversamplingBits, int before, int delta, int after)
    {
        using AuxiliaryPool pool = Pool(oversamplingBits);
        pool.EntropyBits = before;
        pool.EntropyArrived += (_, _) => Assert.Fail("it triggers no seeding");
        pool.AddCredit(delta);
        Assert.That(pool.EntropyBits, Is.EqualTo(after));
    }

    [Test]
    public void A_claim_of_2_to_the_31_bits_does_not_overflow()
    {
        using AuxiliaryPool pool = Pool();
        pool.Insert(new byte[1 << 28], 1L << 31);
        Assert.That(pool.EntropyBits, Is.EqualTo(512));
    }

    [Test]
    public void Two_pulls_follow_the_model_and_spend_the_credit_once()
    {
        using AuxiliaryPool pool = Pool();
        byte[] noise = [.. Enumerable.Range(0, 64).Select(x => (byte)x)];
        pool.Insert(noise, 512);
        var first = new byte[32];
        Assert.That(pool.GetEntropy(first, 256), Is.EqualTo(256));
        Assert.That(pool.EntropyBits, Is.EqualTo(256));
        byte[] seedBuffer = [.. first, .. "time stamp and counts"u8];
        pool.Backtrack(seedBuffer);
        Assert.That(pool.EntropyBits, Is.EqualTo(256));
        var second = new byte[32];
        Assert.That(pool.GetEntropy(second, 256), Is.EqualTo(256));
        Assert.That(pool.EntropyBits, Is.Zero);

        // D = H(pool); output = H(1 || D); key = H(2 || D); pool = key || seed buffer
        byte[] firstDigest = SHA512.HashData(noise);
        Assert.That(first, Is.EqualTo(Derive(1, firstDigest)[..32]));
        byte[] secondDigest = SHA512.HashData([.. Derive(2, firstDigest), .. seedBuffer]);
        Assert.That(second, Is.EqualTo(Derive(1, secondDigest)[..32]));

        // What somebody could compute who knows the first seed buffer, had the pool been emptied as LRNG's is.
        byte[] known = SHA512.HashData(seedBuffer);
        Assert.That(second, Is.Not.EqualTo(known[..32]).And.Not.EqualTo(Derive(1, known)[..32]));
    }

    [Test]
    public void Pools_with_the_same_output_but_another_surplus_part_ways()
    {
        // The second pull depends on the half of the digest that was not given out: key = H(2 || D) over all 64 bytes of D.
        byte[] digest = SHA512.HashData([1, 2, 3]);
        byte[] other = [.. digest[..63], (byte)(digest[63] ^ 1)];
        Assert.That(Derive(2, digest), Is.Not.EqualTo(Derive(2, other)));

        using AuxiliaryPool pool = Pool();
        pool.Insert([1, 2, 3], 24);
        _ = pool.GetEntropy(new byte[32], 256);
        var next = new byte[64];
        _ = pool.GetEntropy(next, 512);
        Assert.That(next, Is.EqualTo(Derive(1, SHA512.HashData(Derive(2, digest)))), "keyed by the whole state digest");
    }

    [Test]
    public void The_slot_is_filled_without_credit_too()
    {
        using AuxiliaryPool pool = Pool();
        var slot = new byte[32];
        Assert.That(pool.GetEntropy(slot, 256), Is.Zero);
        Assert.That(slot, Is.Not.All.Zero);
    }

    [TestCase(512, 256, 256, 192)]
    [TestCase(320, 256, 256, 0)]
    [TestCase(319, 256, 255, 0)]
    [TestCase(64, 256, 0, 0)]
    [TestCase(63, 256, 0, 0)]
    [TestCase(512, 384, 384, 64)]
    [TestCase(512, 512, 448, 0)]
    public void Oversampling_costs_64_bits_a_pull(int inserted, int requested, int credited, int left)
    {
        using var pool = new AuxiliaryPool(new Sha512Hash(_arena), _arena, 64);
        pool.Insert(new byte[64], inserted);
        Assert.That(pool.AvailableEntropy(requested), Is.EqualTo(credited));
        Assert.That(pool.GetEntropy(new byte[64], requested), Is.EqualTo(credited));
        Assert.That(pool.EntropyBits, Is.EqualTo(left));
    }

    [Test]
    public void A_request_beyond_the_digest_is_answered_by_one_digest()
    {
        using var pool = new AuxiliaryPool(new Sha3_256(_arena), _arena);
        pool.Insert(new byte[64], 512);
        Assert.That(pool.EntropyBits, Is.EqualTo(256));
        var slot = new byte[48];
        Assert.That(pool.GetEntropy(slot, 384), Is.EqualTo(256));
        Assert.That(slot[32..], Is.All.Zero);
    }

    [TestCase(-5, 0)]
    [TestCase(300, 300)]
    [TestCase(int.MaxValue, 512)]
    public void The_counter_can_be_set_within_the_pool(int value, int bits)
    {
        using AuxiliaryPool pool = Pool();
        pool.EntropyBits = value;
        Assert.That(pool.EntropyBits, Is.EqualTo(bits));
        Assert.That(pool.Status.Details, Does.StartWith($"entropy {bits} of 512 bits"));
        pool.Discard();
        Assert.That(pool.EntropyBits, Is.Zero);
    }

    [Test]
    public void Switching_the_hash_carries_the_content_over_and_caps_the_credit()
    {
        using AuxiliaryPool pool = Pool();
        pool.Insert([1, 2, 3, 4], 32);
        pool.EntropyBits = 500;
        pool.SwitchHash(new Sha3_256(_arena));
        Assert.That((pool.EntropyBits, pool.CapacityBits), Is.EqualTo((256, 256)));
        var slot = new byte[32];
        _ = pool.GetEntropy(slot, 256);
        byte[] digest = SHA3_256.HashData(SHA512.HashData([1, 2, 3, 4]));
        Assert.That(slot, Is.EqualTo(SHA3_256.HashData([1, .. digest])));

        pool.EntropyBits = 256;
        pool.SwitchHash(new Sha512Hash(_arena));
        Assert.That((pool.EntropyBits, pool.CapacityBits), Is.EqualTo((256, 512)));
    }

    [Test]
    public void Arrival_is_reported_for_credited_data_only_and_outside_of_the_lock()
    {
        using AuxiliaryPool pool = Pool();
        int reported = 0;
        pool.EntropyArrived += (_, _) =>
        {
            // Another thread gets in: the lock is free.
            Assert.That(Task.Run(() => pool.EntropyBits).Result, Is.EqualTo(8));
            reported++;
        };
        pool.Insert([1], 0);
        pool.Insert([], 8);
        Assert.That(reported, Is.Zero);
        pool.Insert([1], 8);
        Assert.That(reported, Is.EqualTo(1));
    }

    [FsCheck.NUnit.Property(Replay = "20260101,7")]
    public bool Credit_given_out_never_exceeds_credit_put_in((byte Bytes, short Bits, bool Pull)[] steps)
    {
        using var arena = new SecretArena(4096);
        using var pool = new AuxiliaryPool(new Sha512Hash(arena), arena);
        long inserted = 0;
        long spent = 0;
        var slot = new byte[48];
        foreach ((byte bytes, short bits, bool pull) in steps)
        {
            if (pull)
            {
                int request = bytes % 2 == 0 ? 256 : 384;
                int available = pool.AvailableEntropy(request);
                int before = pool.EntropyBits;
                int credited = pool.GetEntropy(slot, request);
                spent += credited;
                if (credited != available || credited > request || pool.EntropyBits != before - credited)
                {
                    return false;
                }

                pool.Backtrack(slot);
                continue;
            }

            pool.Insert(new byte[bytes], bits);
            inserted += Math.Clamp((long)bits, 0, 8L * bytes);
        }

        return pool.EntropyBits is >= 0 and <= 512 && spent + pool.EntropyBits <= inserted;
    }

    [Test]
    public void Writers_on_many_threads_lose_no_credit()
    {
        using AuxiliaryPool pool = Pool();
        Parallel.For(0, 512, _ => pool.Insert([1], 1));
        Assert.That(pool.EntropyBits, Is.EqualTo(512));
    }

    [Test]
    public void It_says_how_it_is_credited()
    {
        using AuxiliaryPool pool = Pool();
        Assert.That((pool.Name, pool.Status.State, pool.Status.Credit), Is.EqualTo(("Auxiliary", SourceState.Running, 256)));
        Assert.That(() => pool.GetEntropy(new byte[31], 256), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static byte[] Derive(byte domain, byte[] digest) => SHA512.HashData([domain, .. digest]);

    private AuxiliaryPool Pool(int oversamplingBits = 0) => new(new Sha512Hash(_arena), _arena, oversamplingBits);
}
