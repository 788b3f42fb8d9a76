// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Collections.Concurrent;
using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Generators;

/// <summary>Entropy from outside, reseeds, status and events.</summary>
[TestFixture]
internal sealed class LrngGeneratorTests
{
    [Test]
    public void The_defaults_need_no_native_library()
    {
        using var generator = new LrngGenerator(new LrngGeneratorOptions());
        generator.Start();
        byte[] key = new byte[32];
        generator.GetRandomBytesFull(key);
        LrngStatus status = generator.Status;
        Assert.That(key, Is.Not.All.Zero);
        Assert.That((status.Operational, status.Level), Is.EqualTo((true, SeedLevel.FullySeeded)));
        Assert.That(status.Sources.Select(source => source.Name), Is.EqualTo(["JitterRNG", "KernelRNG", "Auxiliary"]));
    }

    [Test]
    public void The_start_may_be_repeated()
    {
        using var fixture = new GeneratorFixture();
        fixture.Generator.Start();
        Assert.That(fixture.Generator.Start, Throws.Nothing);
    }

    [TestCase(0, -1)]
    [TestCase(0, 1)]
    [TestCase(4, -1)]
    [TestCase(4, 33)]
    [TestCase(4, int.MinValue)]
    [TestCase(4, int.MaxValue)]
    public void More_entropy_than_data_is_refused(int bytes, int bits)
    {
        using var fixture = new GeneratorFixture();
        Assert.That(
            () => fixture.Generator.AddEntropy(new byte[bytes], bits),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("entropyBits"));
        Assert.That(fixture.Generator.Status.Sources[^1].AvailableBits, Is.Zero);
    }

    [TestCase(0, 0)]
    [TestCase(4, 0)]
    [TestCase(4, 32)]
    [TestCase(4, 31)]
    public void Entropy_is_credited_as_declared(int bytes, int bits)
    {
        using var fixture = new GeneratorFixture();
        fixture.Generator.AddEntropy(new byte[bytes], bits);
        Assert.That(fixture.Generator.Status.Sources[^1].AvailableBits, Is.EqualTo(bits));
    }

    [Test]
    public void A_reseed_that_is_asked_for_takes_what_was_added()
    {
        using var fixture = new GeneratorFixture();
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Feed(256);
        fixture.Generator.RequestReseed();
        GeneratorFixture.Eventually(() => fixture.Generator.Status.Nodes[0].Seedings == 2, "a second seed");
        Assert.That(fixture.Generator.Status.Sources[^1].CreditedBits, Is.EqualTo(512));
    }

    [Test]
    public async Task A_full_reseed_says_whether_it_was_one()
    {
        using var fixture = new GeneratorFixture();
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        Assert.That(await fixture.Generator.ReseedAsync(), Is.False);
        fixture.Feed(256);
        Assert.That(await fixture.Generator.ReseedAsync(), Is.True);
        await Assert.ThatAsync(
            async () => await fixture.Generator.ReseedAsync(new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void The_status_is_what_the_generator_is()
    {
        using var fixture = new GeneratorFixture();
        LrngStatus before = fixture.Generator.Status;
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Generator.GetRandomBytes(new byte[5]);
        LrngStatus after = fixture.Generator.Status;
        Assert.Multiple(() =>
        {
            Assert.That((before.Level, before.Operational, before.AllNodesSeeded), Is.EqualTo((SeedLevel.Unseeded, false, false)));
            Assert.That((after.Level, after.Operational, after.AllNodesSeeded), Is.EqualTo((SeedLevel.FullySeeded, true, true)));
            Assert.That((after.SecurityStrengthBits, after.DrngName), Is.EqualTo((256, "ChaCha20 DRNG")));
            Assert.That(after.CipherKernel, Is.EqualTo(LrngEngine.Crypto.ChaCha20Kernels.Best.Name));
            Assert.That(after.PredictionResistance, Is.EqualTo(new PredictionResistanceReport(0, 0)));
            Assert.That(after.Nodes.Select(node => (node.Seedings, node.GeneratedBytes)), Is.EqualTo([(1L, 5L)]));
            Assert.That(after.Sources.Select(source => (source.Name, source.CreditedBits)), Is.EqualTo([("Auxiliary", 256L)]));
            Assert.That(before.Nodes[0].Seedings, Is.Zero, "a snapshot does not change");
        });
    }

    [Test]
    public void Every_change_of_the_level_is_told_and_a_handler_that_throws_stops_nothing()
    {
        using var fixture = new GeneratorFixture(options => options with { MaximumWithoutFullReseed = 1 });
        var told = new ConcurrentQueue<SeedLevel>();
        fixture.Generator.LevelChanged += (sender, change) =>
        {
            Assert.That(sender, Is.SameAs(fixture.Generator));
            told.Enqueue(change.Level);
            throw new NotSupportedException("handlers may be wrong");
        };
        fixture.Generator.Start();
        fixture.FeedUntil(SeedLevel.InitiallySeeded);
        Await(1);
        fixture.FeedUntil(SeedLevel.MinimallySeeded);
        Await(2);
        fixture.FeedUntil(SeedLevel.FullySeeded);
        Await(3);
        fixture.Generator.GetRandomBytes(new byte[2 * 4096]);
        Await(4);
        fixture.FeedUntil(SeedLevel.FullySeeded);
        Await(5);

        SeedLevel[] expected =
        [
            SeedLevel.InitiallySeeded,
            SeedLevel.MinimallySeeded,
            SeedLevel.FullySeeded,
            SeedLevel.MinimallySeeded,
            SeedLevel.FullySeeded,
        ];
        Assert.That(told, Is.EqualTo(expected));
        GeneratorFixture.Eventually(
            () => fixture.Log.Lines.Count(line => line.Contains("handler", StringComparison.Ordinal)) == 5, "each failure is logged");

        void Await(int changes) => GeneratorFixture.Eventually(() => told.Count == changes, $"{changes} changes told");
    }
}
