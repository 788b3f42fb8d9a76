// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngEngine.Crypto;
using LrngEngine.Seeding;
using LrngEngine.Tests.Drng;

namespace LrngEngine.Tests.Generators;

/// <summary>Seeds for the caller's own DRNG, and the strategies as options.</summary>
[TestFixture]
internal sealed class SeedTests
{
    [Test]
    public async Task A_caller_waits_until_it_is_seeded_and_the_sources_have_enough()
    {
        using var fixture = new GeneratorFixture();
        fixture.Generator.Start();
        byte[] seed = new byte[fixture.Generator.SeedBytes];
        Assert.That(fixture.Generator.TryGetSeed(seed, fullySeeded: true, out _), Is.False);
        int bits = 0;
        Task done = GeneratorFixture.RunUntilItWaits(() => bits = fixture.Generator.GetSeed(seed));
        fixture.FeedUntil(SeedLevel.FullySeeded);

        // The seed of the generator itself used it all up.
        await Task.Delay(20);
        Assert.That(done.IsCompleted, Is.False);
        fixture.Feed(200);
        await done;
        Assert.That(bits, Is.EqualTo(200));
        Assert.That(MemoryMarshal.Cast<byte, ulong>(seed)[..2].ToArray(), Is.EqualTo(new[] { (ulong)seed.Length, 200ul }));
        Assert.That(fixture.Generator.TryGetSeed(seed, fullySeeded: true, out int left), Is.True);
        Assert.That(left, Is.Zero);
    }

    [Test]
    public void A_short_buffer_is_refused_and_costs_nothing()
    {
        using var fixture = new GeneratorFixture();
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Feed(256);
        byte[] room = new byte[fixture.Generator.SeedBytes - 1];
        Assert.That(() => fixture.Generator.GetSeed(room), Throws.ArgumentException.With.Message.Contains($"{room.Length + 1} bytes"));
        Assert.That(() => fixture.Generator.TryGetSeed([], fullySeeded: true, out _), Throws.ArgumentException);
        Assert.That(fixture.Generator.Status.Sources[^1].AvailableBits, Is.EqualTo(256));
    }

    [Test]
    public async Task Giving_up_and_disposal_end_the_waiting()
    {
        var fixture = new GeneratorFixture();
        using var cancellation = new CancellationTokenSource();
        fixture.Generator.Start();
        byte[] seed = new byte[fixture.Generator.SeedBytes];
        Task givingUp = GeneratorFixture.RunUntilItWaits(() => fixture.Generator.GetSeed(seed, cancellation: cancellation.Token));
        await cancellation.CancelAsync();
        await Assert.ThatAsync(async () => await givingUp, Throws.InstanceOf<OperationCanceledException>());

        // Seeded, but without entropy for a seed.
        fixture.FeedUntil(SeedLevel.FullySeeded);
        Task waiting = GeneratorFixture.RunUntilItWaits(() => fixture.Generator.GetSeed(seed));
        fixture.Dispose();
        await Assert.ThatAsync(async () => await waiting, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => fixture.Generator.GetSeed(seed), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => fixture.Generator.SeedBytes, Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task A_full_read_waits_at_the_output_limit()
    {
        const int Limit = 16 * 1024;
        using var fixture = new GeneratorFixture(options => options with { OutputLimit = true });
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        byte[] output = new byte[Limit + 1];
        Task done = GeneratorFixture.RunUntilItWaits(() => fixture.Generator.GetRandomBytesFull(output));
        fixture.Generator.GetRandomBytes(new byte[Limit]);
        Assert.That(fixture.Generator.Status.Operational, Is.True);
        fixture.Feed(256);
        await done;
        Assert.That(fixture.Generator.Status.Nodes[0].OutputBytesLeft, Is.EqualTo(Limit - 1));
    }

    [Test]
    public void The_amounts_of_sp_800_90c_are_an_option()
    {
        using var fixture = new GeneratorFixture(options => options with { Sp80090C = true });
        fixture.Generator.Start();

        // The first attempt is made whatever there is, and would spend what cannot be a full seed.
        GeneratorFixture.Eventually(
            () => fixture.Log.Lines.Any(line => line.StartsWith("not seeded yet", StringComparison.Ordinal)), "the first attempt");
        fixture.Feed(384 + 56);
        GeneratorFixture.Eventually(() => fixture.Generator.Status.Sources[^1].AvailableBits == 376, "440 bits are 376");
        Assert.That(fixture.Generator.Status.Operational, Is.False);
        fixture.Feed(8);
        GeneratorFixture.Eventually(() => fixture.Generator.Status.Operational, "448 bits are 384");
    }

    [Test]
    public void The_kernels_generator_is_not_credited_then()
    {
        LrngGeneratorOptions options = GeneratorFixture.Options(new()) with { Sp80090C = true };
        using (var generator = new LrngGenerator(options))
        {
            Assert.That(generator.Status.Sources.Single(source => source.Name == "KernelRNG").Status.Credit, Is.Zero);
        }

        Assert.That(
            () => new LrngGenerator(options with { KernelCredit = new(1, "for the test") }),
            Throws.ArgumentException.With.Message.Contains("KernelCredit = 1: must be 0 with Sp80090C"));
    }

    [TestCaseSource(typeof(ConditioningHashes), nameof(ConditioningHashes.All))]
    public void A_conditioner_that_is_too_narrow_is_refused(ConditioningHashFactory hash)
    {
        LrngGeneratorOptions options = GeneratorFixture.Options(new()) with { Sp80090C = true, ConditioningHash = hash };
        if (hash.DigestBits >= 384)
        {
            using var generator = new LrngGenerator(options);
            Assert.That(generator.Status.Level, Is.EqualTo(SeedLevel.Unseeded));
            return;
        }

        Assert.That(() => new LrngGenerator(options), Throws.ArgumentException.With.Message.Contains("has 256 bits, Sp80090C takes 384"));
    }

    [TestCaseSource(typeof(Drngs), nameof(Drngs.All))]
    public void Every_mechanism_is_seeded_reseeded_and_gives_output(DrngFactory mechanism)
    {
        // Many nodes, so that the room for secrets is tried as well.
        using var fixture = new GeneratorFixture(
            options => options with { Drng = mechanism, Sp80090C = true, Topology = new ChosenNode(100) });
        byte[] early = new byte[100];
        fixture.Generator.GetRandomBytes(early);
        fixture.Generator.Start();
        fixture.Feed(384 + 64);
        GeneratorFixture.Eventually(() => fixture.Generator.Status.Operational, "operational");
        byte[] output = new byte[200_000];
        fixture.Generator.GetRandomBytesFull(output);
        byte[] resistant = new byte[32];
        GeneratorFixture.Eventually(
            () =>
            {
                // The other nodes take their seeds as well.
                fixture.Feed(384 + 64);
                return fixture.Generator.GetRandomBytesPredictionResistant(resistant) == 32;
            },
            "32 bytes with prediction resistance");

        // False alarm: 2^-128 for each.
        Assert.That(early[^16..], Is.Not.All.Zero);
        Assert.That(output[^16..], Is.Not.All.Zero);
        Assert.That(resistant[^16..], Is.Not.All.Zero);
        Assert.That(fixture.Generator.Status.DrngName, Is.EqualTo(mechanism == Drngs.Default ? "ChaCha20 DRNG" : fixture.Generator.Status.DrngName).And.Not.Empty);
    }
}
