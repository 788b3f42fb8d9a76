// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;
using EngineDrng = LrngEngine.Crypto.Drng;

namespace LrngEngine.Tests.Crypto;

/// <summary>The contract of <see cref="EngineDrng"/> over all there are, and what the list says of them.</summary>
[TestFixture]
internal sealed class DrngsTests
{
    private static readonly byte[] s_seed = [.. Enumerable.Range(0, 264).Select(value => (byte)value)];

    private static IEnumerable<DrngFactory> All => Drngs.All;

    private static IEnumerable<DrngFactory> Drbgs => Drngs.All.Skip(1);

    [Test]
    public void The_default_is_the_one_of_lrng() => Assert.That(Drngs.Default.Name, Is.EqualTo("chacha20"));

    [TestCase("chacha20", "ChaCha20 DRNG")]
    [TestCase("ctr-aes256", "drbg_nopr_ctr_aes256")]
    [TestCase("hash-sha256", "drbg_nopr_sha256")]
    [TestCase("hash-sha384", "drbg_nopr_sha384")]
    [TestCase("hash-sha512", "drbg_nopr_sha512")]
    [TestCase("hash-sha3-512", "drbg_nopr_sha3-512")]
    [TestCase("hmac-sha256", "drbg_nopr_hmac_sha256")]
    [TestCase("hmac-sha384", "drbg_nopr_hmac_sha384")]
    [TestCase("hmac-sha512", "drbg_nopr_hmac_sha512")]
    [TestCase("hmac-sha3-512", "drbg_nopr_hmac_sha3-512")]
    public void Every_name_is_found(string name, string shown)
    {
        Assert.That(Drngs.TryFind(name, out DrngFactory? factory), Is.True);
        using var arena = new SecretArena(8192);
        using EngineDrng drng = factory!.Create(arena);
        Assert.That(drng.Name, Is.EqualTo(shown));
        Assert.That(drng.SecurityStrengthBits, Is.EqualTo(factory.SecurityStrengthBits));
    }

    [Test]
    public void Names_are_unique() => Assert.That(All.Select(drng => drng.Name), Is.Unique);

    [Test]
    public void Every_drbg_is_listed() =>
        Assert.That(Drbgs.Select(drng => drng.Name), Is.EquivalentTo(DrbgCase.All.Select(one => one.Drbg).Distinct()));

    [TestCase("")]
    [TestCase("ChaCha20 DRNG")]
    [TestCase("ctr-aes128")]
    public void Other_names_are_not(string name)
    {
        Assert.That(Drngs.TryFind(name, out DrngFactory? factory), Is.False);
        Assert.That(factory, Is.Null);
    }

    [TestCaseSource(nameof(All))]
    public void Empty_seed_and_empty_request_change_nothing(DrngFactory factory)
    {
        using var view = new ArenaView();
        using EngineDrng drng = factory.Create(view.Arena);
        drng.Seed([]);
        drng.Seed(s_seed);
        byte[] before = view.Snapshot();
        drng.Seed([]);
        drng.Seed([], []);
        drng.Generate([]);
        Assert.That(view.Snapshot(), Is.EqualTo(before));
    }

    [TestCaseSource(nameof(All))]
    public void Every_bit_of_seed_and_additional_input_counts(DrngFactory factory)
    {
        byte[][] outputs =
        [
            Output(factory, s_seed, []),
            Output(factory, KnownAnswer.Changed(s_seed), []),
            Output(factory, s_seed, [0]),
            Output(factory, s_seed, [1]),
            Output(factory, s_seed, [0], [7]),
            Output(factory, s_seed, [0], s_seed),
        ];
        Assert.That(outputs.Select(Convert.ToHexString), Is.Unique);
    }

    // More than one request of the DRBGs.
    [TestCaseSource(nameof(All))]
    public void Long_requests_are_served(DrngFactory factory)
    {
        using var arena = new SecretArena(8192);
        using EngineDrng drng = factory.Create(arena);
        drng.Seed(s_seed);
        byte[] output = new byte[(2 * Drbg.MaxRequestBytes) + 100];
        drng.Generate(output);

        // Two equal blocks of 16 bytes among 8,200: probability 2^-103.
        Assert.That(output.Chunk(16).Select(Convert.ToHexString), Is.Unique);
    }

    [TestCaseSource(nameof(All))]
    public void Nothing_is_allocated(DrngFactory factory)
    {
        using var arena = new SecretArena(8192);
        using EngineDrng drng = factory.Create(arena);
        byte[] output = new byte[100_000];
        Use(drng, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 20; round++)
        {
            Use(drng, output);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [TestCaseSource(nameof(All))]
    public void Dispose_wipes(DrngFactory factory)
    {
        using var view = new ArenaView();
        EngineDrng drng = factory.Create(view.Arena);
        drng.Seed(s_seed);
        drng.Generate(new byte[1000]);
        drng.Dispose();
        drng.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(view.Snapshot(), Is.All.Zero);
            Assert.That(() => drng.Seed([1]), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => drng.Generate(new byte[1]), Throws.TypeOf<ObjectDisposedException>());
        });
    }

    [TestCaseSource(nameof(Drbgs))]
    public void A_drbg_without_a_seed_does_not_generate(DrngFactory factory)
    {
        using var arena = new SecretArena(8192);
        using EngineDrng drng = factory.Create(arena);
        byte[] output = new byte[32];
        Assert.That(() => drng.Generate(output), Throws.InvalidOperationException);
        Assert.That(() => drng.Seed(s_seed.AsSpan(0, 31)), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => drng.Generate(output), Throws.InvalidOperationException);
        Assert.That(output, Is.All.Zero);
    }

    // The first seed is the entropy input of the instantiation, later ones those of reseeds.
    [TestCaseSource(nameof(Drbgs))]
    public void A_drbg_is_seeded_as_the_standard_says(DrngFactory factory)
    {
        DrbgCase one = DrbgCase.All.First(candidate => candidate.Drbg == factory.Name);
        using var arena = new SecretArena(16384);
        using EngineDrng drng = factory.Create(arena);
        using Drbg drbg = one.Create(arena, Drbg.MaxReseedInterval);
        byte[] output = new byte[1000];
        byte[] expected = new byte[1000];

        drng.Seed(s_seed, [1, 2]);
        drbg.Instantiate(s_seed, [], [1, 2]);
        AssertSame();
        drng.Seed(s_seed.AsSpan(0, 32), [3]);
        drbg.Reseed(s_seed.AsSpan(0, 32), [3]);
        AssertSame();
        drng.Seed([4], [5]);
        drbg.Generate([], [4]);
        drbg.Generate([], [5]);
        AssertSame();

        void AssertSame()
        {
            drng.Generate(output);
            drbg.Generate(expected);
            Assert.That(output, Is.EqualTo(expected));
        }
    }

    private static void Use(EngineDrng drng, byte[] output)
    {
        drng.Seed(s_seed, s_seed);
        drng.Seed([1]);
        drng.Generate(output);
        drng.Generate(output.AsSpan(0, 16));
    }

    private static byte[] Output(DrngFactory factory, byte[] seed, byte[] additionalInput, byte[]? secondSeed = null)
    {
        using var arena = new SecretArena(8192);
        using EngineDrng drng = factory.Create(arena);
        drng.Seed(seed, additionalInput);
        drng.Seed(secondSeed);
        byte[] output = new byte[64];
        drng.Generate(output);
        return output;
    }
}
