// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.Seeding;
using LrngEngine.Tests.Drng;
using LrngEngine.Tests.SelfTests;
using EngineDrng = LrngEngine.Crypto.Drng;

namespace LrngEngine.Tests.Generators;

/// <summary>Other cryptography while a generator runs.</summary>
[TestFixture]
internal sealed class SwitchingTests
{
    [Test]
    public void Every_drng_and_hash_can_follow_every_other()
    {
        using var fixture = new GeneratorFixture();
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        foreach (DrngFactory first in Drngs.All)
        {
            foreach (DrngFactory second in Drngs.All)
            {
                fixture.Generator.SwitchDrng(first);
                fixture.Generator.SwitchDrng(second);
                AssertGenerates(fixture, second.Name);
            }
        }

        foreach (ConditioningHashFactory hash in ConditioningHashes.All)
        {
            fixture.Generator.SwitchConditioningHash(hash);
            AssertGenerates(fixture, hash.Name);
        }

        Assert.That(fixture.Generator.Status.Level, Is.EqualTo(SeedLevel.FullySeeded));
        Assert.That(fixture.Log.Count("reset"), Is.Zero);
    }

    [Test]
    public void The_status_and_the_log_say_what_is_in_force()
    {
        using var fixture = new GeneratorFixture();
        fixture.Generator.SwitchDrng(Drng("hash-sha512"));
        fixture.Generator.SwitchConditioningHash(Hash("sha384"));
        LrngStatus status = fixture.Generator.Status;
        Assert.That((status.DrngName, status.CipherKernel), Is.EqualTo(("drbg_nopr_sha512", HashgenKernels.Sha512.Best.Name)));
        Assert.That(fixture.Generator.ConditioningHash.Name, Is.EqualTo("sha384"));
        Assert.That(fixture.Log.Count("DRNG switched from chacha20 to hash-sha512"), Is.EqualTo(1));
        Assert.That(fixture.Log.Count("conditioning hash switched from sha512 to sha384"), Is.EqualTo(1));
    }

    [Test]
    public void What_is_in_force_changes_nothing()
    {
        using var fixture = new GeneratorFixture();
        fixture.Generator.SwitchDrng(Drngs.Default);
        fixture.Generator.SwitchConditioningHash(ConditioningHashes.Default);
        Assert.That(fixture.Log.Count("switched"), Is.Zero);
    }

    [Test]
    public void A_hash_that_is_too_short_for_the_strategy_is_refused()
    {
        using var fixture = new GeneratorFixture(options => options with { Sp80090C = true });
        Assert.That(
            () => fixture.Generator.SwitchConditioningHash(Hash("sha256")),
            Throws.ArgumentException.With.Message.Contains("sha256: has 256 bits, Sp80090C takes 384"));
        fixture.Generator.SwitchConditioningHash(Hash("sha384"));
    }

    [Test]
    public void A_drng_that_cannot_be_made_leaves_the_old_one_and_its_tests()
    {
        using var fixture = new GeneratorFixture();
        fixture.StartAndAwait(SeedLevel.FullySeeded);

        // One at a time fits, as the self-tests make them.
        DrngFactory refusing = Drng("ctr-aes256") with
        {
            Create = arena => new HungryDrng(arena.Allocate((arena.CapacityBytes / 2) + 1), Drng("ctr-aes256").Create(arena)),
        };
        Assert.That(() => fixture.Generator.SwitchDrng(refusing), Throws.InvalidOperationException);
        Assert.That(fixture.Generator.Status.DrngName, Is.EqualTo("ChaCha20 DRNG"));
        AssertGenerates(fixture, "the old one");
        Assert.That(fixture.Generator.RunSelfTests().Passed, Is.True);
    }

    [Test]
    public void A_drng_that_fails_its_self_test_is_never_used()
    {
        using var fixture = new GeneratorFixture();
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        Assert.That(
            () => fixture.Generator.SwitchDrng(WrongDrng.Of(Drng("hmac-sha512"))),
            Throws.TypeOf<GeneratorFailedException>().With.Message.Contains("hmac-sha512"));
        Assert.That(fixture.Generator.Status.DrngName, Is.EqualTo("ChaCha20 DRNG"));
        Assert.That(() => fixture.Generator.GetRandomBytes(new byte[1]), Throws.TypeOf<GeneratorFailedException>());
    }

    [Test]
    public void A_hash_that_fails_its_self_test_is_never_used()
    {
        using var fixture = new GeneratorFixture();
        Assert.That(
            () => fixture.Generator.SwitchConditioningHash(WrongHash.Of(Hash("sha384"))),
            Throws.TypeOf<GeneratorFailedException>().With.Message.Contains("sha384"));
    }

    // Self-tests of the next round are those of what is in force.
    [Test]
    public void What_was_switched_to_is_tested_from_then_on()
    {
        using var fixture = new GeneratorFixture();
        bool wrong = false;
        fixture.Generator.SwitchDrng(WrongDrng.Of(Drng("ctr-aes256"), () => wrong));
        wrong = true;
        Assert.That(fixture.Generator.RunSelfTests().Passed, Is.False);
    }

    [Test]
    public void Readers_never_notice()
    {
        const int Switches = 120;
        using var topology = new ThreadTopology(2);
        using var fixture = new GeneratorFixture(options => options with { Topology = topology });
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Feed(512);
        GeneratorFixture.Eventually(() => fixture.Generator.Status.AllNodesSeeded, "both nodes");
        using var hammer = new Hammer();
        hammer.Add("switcher", Switches, round => fixture.Generator.SwitchDrng(Drngs.All[round % Drngs.All.Count]));
        hammer.Add("hash switcher", Switches, round =>
            fixture.Generator.SwitchConditioningHash(ConditioningHashes.All[round % ConditioningHashes.All.Count]));
        hammer.AddAccompaniment("status reader", _ => Agreement.Check(fixture.Generator.Status.Operational, "operational", "status"));
        hammer.AddAccompaniment("resistant reader", _ =>
        {
            fixture.Feed(256);
            _ = fixture.Generator.GetRandomBytesPredictionResistant(new byte[32]);
        });
        for (int reader = 0; reader < 2; reader++)
        {
            int node = reader;
            hammer.AddAccompaniment($"reader on node {node}", round =>
            {
                topology.Index = node;
                byte[] output = new byte[41 + (round % 3 * 4096)];
                fixture.Generator.GetRandomBytesFull(output);
                Agreement.Check(output.AsSpan(0, 41).ContainsAnyExcept((byte)0), "output", round);
            });
        }

        hammer.Run();
        Assert.That(fixture.Log.Count("DRNG switched"), Is.EqualTo(Switches - 1), "the first is in force");
        Assert.That(fixture.Log.Count("reset"), Is.Zero);
    }

    private static DrngFactory Drng(string name) => Drngs.All.Single(drng => drng.Name == name);

    private static ConditioningHashFactory Hash(string name) => ConditioningHashes.All.Single(hash => hash.Name == name);

    private static void AssertGenerates(GeneratorFixture fixture, string what)
    {
        byte[] output = new byte[64];
        fixture.Generator.GetRandomBytesFull(output);
        Assert.That(output, Has.Some.Not.Zero, what);
    }

    private sealed class HungryDrng(SecretBuffer food, EngineDrng inner) : EngineDrng
    {
        public override string Name => inner.Name;

        public override int SecurityStrengthBits => inner.SecurityStrengthBits;

        public override void Seed(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> additionalInput = default) => inner.Seed(seed, additionalInput);

        public override void Generate(Span<byte> output, ReadOnlySpan<byte> additionalInput = default) =>
            inner.Generate(output, additionalInput);

        public override void Dispose()
        {
            food.Dispose();
            inner.Dispose();
        }
    }
}
