// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.Tests.Generators;
using Microsoft.Extensions.Time.Testing;
using EngineDrng = LrngEngine.Crypto.Drng;

namespace LrngEngine.Tests.Crypto;

/// <summary>The rules of LRNG's generic back-end (reference 8.5).</summary>
[TestFixture]
internal sealed class ExternalDrngTests
{
    private const string Name = "device 7";

    private static readonly byte[] s_seed = [.. Enumerable.Range(0, 200).Select(value => (byte)value)];

    private readonly FakeTimeProvider _clock = new();
    private RecordedGenerator _generator;
    private SecretArena _arena;

    private static IEnumerable<TestCaseData> Hashed =>
    [
        new(32, null, (Func<byte[], byte[]>)SHA256.HashData),
        new(48, null, (Func<byte[], byte[]>)SHA384.HashData),
        new(64, null, (Func<byte[], byte[]>)SHA512.HashData),
        new(32, "sha3-256", (Func<byte[], byte[]>)SHA3_256.HashData),
        new(64, "sha3-512", (Func<byte[], byte[]>)SHA3_512.HashData),
    ];

    private byte[] Stamp => BitConverter.GetBytes(_clock.GetTimestamp());

    [SetUp]
    public void Open()
    {
        _generator = new RecordedGenerator();
        _arena = new SecretArena(4096);
    }

    [TearDown]
    public void Close()
    {
        _generator.Dispose();
        _arena.Dispose();
    }

    [Test]
    public void Without_a_seed_size_seeds_are_passed_as_they_are()
    {
        using EngineDrng drng = Create(0);
        drng.Seed(s_seed);
        drng.Seed([1], [2, 3]);
        byte[][] expected = [Stamp, s_seed, [1], [2, 3]];
        Assert.That(_generator.Calls, Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Hashed))]
    public void With_a_seed_size_they_are_hashed(int seedBytes, string? hash, Func<byte[], byte[]> expected)
    {
        using EngineDrng drng = Create(seedBytes, hash);
        drng.Seed(s_seed);
        drng.Seed([1], [2, 3]);
        byte[][] digests = [expected(Stamp), expected(s_seed), expected([1, 2, 3])];
        Assert.That(_generator.Calls, Is.EqualTo(digests));
        Assert.That(digests[0], Has.Length.EqualTo(seedBytes));
    }

    [TestCase(0)]
    [TestCase(32)]
    public void Additional_input_is_mixed_in_before_the_output(int seedBytes)
    {
        using EngineDrng drng = Create(seedBytes);
        byte[] output = new byte[10];
        drng.Generate(output, [9]);
        byte[] mixed = seedBytes == 0 ? [9] : SHA256.HashData([9]);
        Assert.That(_generator.Calls.Skip(1), Is.EqualTo(new[] { mixed, [] }));
        Assert.That(output, Is.All.EqualTo(1));
        drng.Generate(output);
        Assert.That(output, Is.All.EqualTo(2));
        Assert.That(_generator.Calls, Has.Count.EqualTo(4), "nothing is mixed in without additional input");
    }

    [TestCase(0)]
    [TestCase(48)]
    public void Empty_seed_and_empty_request_do_not_reach_it(int seedBytes)
    {
        using EngineDrng drng = Create(seedBytes);
        drng.Seed([]);
        drng.Seed([], []);
        drng.Generate([]);
        Assert.That(_generator.Calls, Has.Count.EqualTo(1), "the time stamp");
    }

    [TestCase(-1)]
    [TestCase(16)]
    [TestCase(33)]
    [TestCase(65)]
    public void Other_seed_sizes_are_refused(int seedBytes) => Assert.That(
        () => Factory(seedBytes), Throws.InstanceOf<ArgumentException>().With.Message.Contains($"seed of {seedBytes} bytes: accepted are 0, 32, 48 and 64"));

    [TestCase(0, "sha256")]
    [TestCase(32, "sha512")]
    [TestCase(48, "sha3-512")]
    [TestCase(64, "sha384")]
    public void A_hash_of_another_size_is_refused(int seedBytes, string hash) => Assert.That(
        () => Factory(seedBytes, hash), Throws.ArgumentException.With.Message.Contains($"seed of {seedBytes} bytes: {hash} gives"));

    [TestCase("")]
    [TestCase("two\nlines")]
    [TestCase("naïve")]
    [TestCase("stdrng")]
    [TestCase("lrng_x")]
    [TestCase("LRNG")]
    [TestCase("drbg_nopr_sha512")]
    [TestCase("jitterentropy_rng")]
    [TestCase("chacha20")]
    [TestCase("ChaCha20 DRNG")]
    [TestCase("hmac-sha3-512")]
    public void Names_of_others_are_refused(string name) => Assert.That(
        () => ExternalDrng.CreateFactory(name, 256, 0, () => _generator),
        Throws.ArgumentException.With.Message.Contains($"DRNG '{name}': "));

    [Test]
    public void A_name_that_is_too_long_is_refused()
    {
        Assert.That(ExternalDrng.CreateFactory(new string('x', 64), 256, 0, () => _generator).Name, Has.Length.EqualTo(64));
        Assert.That(() => ExternalDrng.CreateFactory(new string('x', 65), 256, 0, () => _generator), Throws.ArgumentException);
    }

    [Test]
    public void A_weak_generator_is_refused() => Assert.That(
        () => ExternalDrng.CreateFactory(Name, 255, 0, () => _generator), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Nothing_of_a_seed_stays_in_memory()
    {
        using var view = new ArenaView();
        byte[] before = view.Snapshot();
        EngineDrng drng = Factory(64).Create(view.Arena);
        byte[] made = view.Snapshot();
        drng.Seed(s_seed);
        Assert.That(view.Snapshot(), Is.EqualTo(made));
        drng.Dispose();
        drng.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(view.Snapshot(), Is.EqualTo(before));
            Assert.That(_generator.Disposals, Is.EqualTo(1));
            Assert.That(() => drng.Seed([1]), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => drng.Generate(new byte[1]), Throws.TypeOf<ObjectDisposedException>());
        });
    }

    // Often enough to use up the arena, if each time left something there.
    [Test]
    public void What_fails_half_way_leaves_nothing()
    {
        DrngFactory none = ExternalDrng.CreateFactory(Name, 256, 64, () => null!);
        _generator.FailsToSeed = true;
        for (int time = 1; time <= 20; time++)
        {
            Assert.That(
                () => none.Create(_arena), Throws.InvalidOperationException.With.Message.EqualTo("DRNG device 7: no generator was opened"));
            Assert.That(() => Factory(64).Create(_arena), Throws.TypeOf<NotSupportedException>());
            Assert.That(_generator.Disposals, Is.EqualTo(time));
        }
    }

    // There is room for the hash and not for the digest.
    [Test]
    public void In_a_full_arena_no_generator_is_opened()
    {
        const int HashBytes = 384;
        using SecretBuffer others = _arena.Allocate(_arena.CapacityBytes - HashBytes);
        DrngFactory factory = ExternalDrng.CreateFactory(Name, 256, 64, () => throw new AssertionException("opened"));
        Assert.That(() => factory.Create(_arena), Throws.InvalidOperationException.With.Message.Contains("exhausted"));
        Assert.That(() => _arena.Allocate(HashBytes).Dispose(), Throws.Nothing);
    }

    [Test]
    public void It_serves_the_callers_of_a_generator()
    {
        List<RecordedGenerator> opened = [];
        DrngFactory factory = ExternalDrng.CreateFactory(
            Name, 256, 32, () =>
            {
                lock (opened)
                {
                    opened.Add(new RecordedGenerator());
                    return opened[^1];
                }
            });
        byte[] output = new byte[16];
        using (var fixture = new GeneratorFixture(options => options with { Drng = factory }))
        {
            fixture.StartAndAwait(LrngEngine.Seeding.SeedLevel.FullySeeded);
            fixture.Generator.GetRandomBytesFull(output);
            Assert.That(fixture.Generator.Status.DrngName, Is.EqualTo(Name));
            Assert.That(fixture.Generator.Status.CipherKernel, Is.EqualTo("external"));
        }

        Assert.That(output, Is.All.EqualTo(output[0]));
        Assert.That(opened.Select(generator => generator.Disposals), Is.All.EqualTo(1));
        Assert.That(opened.SelectMany(generator => generator.Calls).Select(call => call.Length), Is.All.EqualTo(0).Or.EqualTo(32));
    }

    private DrngFactory Factory(int seedBytes, string? hash = null) => ExternalDrng.CreateFactory(
        Name, 256, seedBytes, () => _generator, hash is null ? null : ConditioningHashes.All.Single(known => known.Name == hash), _clock);

    private EngineDrng Create(int seedBytes, string? hash = null) => Factory(seedBytes, hash).Create(_arena);
}
