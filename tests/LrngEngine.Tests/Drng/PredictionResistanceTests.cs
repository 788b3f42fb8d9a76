// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>Prediction resistance (SP 800-90A 9.3.3; reference 3.8).</summary>
[TestFixture]
internal sealed class PredictionResistanceTests
{
    // Source reads that a whole piece of 32 bytes takes: ceil(256 / bits).
    [TestCase(24, 11)]
    [TestCase(136, 2)]
    [TestCase(256, 1)]
    public void Every_32_bytes_are_paid_for_by_their_own_pull(int bits, int readsForEach)
    {
        var source = new ScriptedSource("JitterRNG", bits);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        int before = source.Pulls;

        int produced = Read(fixture, 1000);

        Assert.Multiple(() =>
        {
            Assert.That(produced, Is.EqualTo(1000));
            Assert.That(fixture.Manager.GetStatus().PredictionResistancePulls, Is.EqualTo(32));
            Assert.That(source.Pulls - before, Is.EqualTo(32 * readsForEach));
        });
    }

    [TestCase(24)]
    [TestCase(136)]
    [TestCase(256)]
    public void Output_never_exceeds_the_entropy_collected_for_it(int bits)
    {
        for (int reads = 0; reads < 12; reads++)
        {
            var source = new ScriptedSource("JitterRNG", bits);
            using var fixture = new ManagerFixture(null, source);
            fixture.StartAndAwait(SeedLevel.FullySeeded);
            source.PullsLeft = reads;
            byte[] piece = new byte[32];

            int produced = fixture.Manager.PullPredictionResistant(piece);

            Assert.That(produced, Is.EqualTo(Math.Min(32, reads * bits / 8)));
            Assert.That(piece[produced..], Is.All.Zero, "nothing beyond what was paid for");
        }
    }

    [Test]
    public void A_drained_source_gives_nothing_and_a_refilled_one_goes_on()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        source.PullsLeft = 0;
        Assert.That(fixture.Manager.PullPredictionResistant(new byte[32]), Is.Zero);

        source.PullsLeft = 1;
        Assert.That(fixture.Manager.PullPredictionResistant(new byte[32]), Is.EqualTo(32));
    }

    [Test]
    public void It_uses_a_drng_of_its_own()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        long before = fixture.Manager.GetStatus().GeneratedBytes;
        _ = Read(fixture, 64);

        DrngManagerStatus status = fixture.Manager.GetStatus();
        Assert.That(status.GeneratedBytes, Is.EqualTo(before));
        Assert.That(status.PredictionResistanceBytes, Is.EqualTo(64));
        Assert.That(status.Seedings, Is.EqualTo(1), "the regular DRNG's seed is not touched");
    }

    private static int Read(ManagerFixture fixture, int bytes)
    {
        byte[] output = new byte[bytes];
        int produced = 0;
        while (produced < bytes)
        {
            int piece = Math.Min(DrngManager.PredictionResistantChunkBytes, bytes - produced);
            int got = fixture.Manager.PullPredictionResistant(output.AsSpan(produced, piece));
            Assert.That(got, Is.Positive);
            produced += got;
        }

        return produced;
    }
}
