// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngEngine.Seeding;
using LrngEngine.Tests.Drng;

namespace LrngCuse.Tests.Device;

/// <summary>Who waits for a seed of its own, among readers that wait as well (reference 7.3).</summary>
[TestFixture]
internal sealed class ParkedSeedsTests
{
    [Test]
    public void It_waits_until_seeded_and_gets_a_pull_of_its_own()
    {
        var source = new ScriptedSource("JitterRNG", 0);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.Manager.Start();
        var seed = new RecordedSeed();
        Assert.That(fixture.Device.Park(seed), Is.True);
        Assert.That(fixture.Device.ParkedReaders, Is.EqualTo(1));

        source.BitsPerPull = 256;
        source.Announce();
        ManagerFixture.Eventually(() => seed.Answered, "answered");
        Assert.That(seed.Data, Has.Length.EqualTo(fixture.Engine.Manager.SeedBytes));
        Assert.That(seed.Bits, Is.EqualTo(256));
        Assert.That(seed.Data![16], Is.EqualTo(source.Pulls), "the slot of the last pull");
        ManagerFixture.Eventually(() => fixture.Device.ParkedReaders == 0, "it left the queue");
        Assert.That(fixture.Device.ServedBytes, Is.Zero, "a seed is no output");
    }

    [Test]
    public void Who_waits_gets_no_seed_without_a_bit()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        source.PullsLeft = 0;
        var waiting = new RecordedSeed();
        var hasty = new RecordedSeed(nonBlocking: true);
        _ = fixture.Device.Park(waiting);
        _ = fixture.Device.Park(hasty);
        ManagerFixture.Eventually(() => hasty.Answered, "who does not wait is answered");
        Assert.That(hasty.Bits, Is.Zero);
        Assert.That(waiting.Answered, Is.False);

        source.PullsLeft = 1;
        ManagerFixture.Eventually(() => waiting.Answered, "answered when there is something");
        Assert.That(waiting.Bits, Is.EqualTo(256));
    }

    // The generator may have lost its seed after the gate.
    [Test]
    public void Who_does_not_wait_does_not_wait_for_the_generator_either()
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 0));
        var seed = new RecordedSeed(nonBlocking: true);
        _ = fixture.Device.Park(seed);
        ManagerFixture.Eventually(() => seed.Answered, "answered");
        Assert.That(seed.Errno, Is.EqualTo(Linux.EAGAIN));
    }

    [Test]
    public void Seeds_and_prediction_resistant_reads_share_the_order_of_arrival()
    {
        using var gate = new ManualResetEventSlim(initialState: true);
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        source.OnPull = gate.Wait;
        gate.Reset();
        int before = source.Pulls;
        RecordedSeed first = new(), second = new();
        var read = RecordedRead.PredictionResistant(32);
        _ = fixture.Device.Park(first);
        ManagerFixture.Eventually(() => source.Pulls == before + 1, "the first is served");
        _ = fixture.Device.Park(read);
        _ = fixture.Device.Park(second);
        gate.Set();
        ManagerFixture.Eventually(() => second.Answered, "answered");

        Assert.That(read.Answered, Is.True);
        Assert.That((first.Data![16], second.Data![16]), Is.EqualTo(((byte)(before + 1), (byte)(before + 3))));
    }

    [Test]
    public void Waiting_for_all_nodes_does_not_hold_up_reads()
    {
        var source = new ScriptedSource("JitterRNG", 256) { PullsLeft = 1 };
        using var fixture = new DeviceFixture(source, new ChosenNode(2));
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(
            () => fixture.Engine.Log.Lines.Any(line => line.StartsWith("not seeded yet", StringComparison.Ordinal)), "the second node is tried");
        var seed = new RecordedSeed();
        var read = RecordedRead.PredictionResistant(32);
        _ = fixture.Device.Park(seed);
        _ = fixture.Device.Park(read);
        source.PullsLeft = 1;
        ManagerFixture.Eventually(() => read.Answered, "the read behind it");
        Assert.That(seed.Answered, Is.False);

        source.PullsLeft = 2;
        source.Announce();
        ManagerFixture.Eventually(() => seed.Answered, "the seed after all nodes");
        Assert.That(seed.Bits, Is.EqualTo(256));
    }

    [Test]
    public void A_signal_or_the_end_ends_the_wait()
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 0));
        RecordedSeed interrupted = new(), closed = new();
        _ = fixture.Device.Park(interrupted);
        _ = fixture.Device.Park(closed);
        fixture.Device.Unpark(interrupted, interrupted.Finish(Linux.EINTR));
        Assert.That(fixture.Device.ParkedReaders, Is.EqualTo(1));
        fixture.Parked.Close();

        Assert.That((interrupted.Errno, interrupted.Answers), Is.EqualTo((Linux.EINTR, 1)));
        Assert.That((closed.Errno, closed.Answers), Is.EqualTo((Linux.ENODEV, 1)));
    }
}
