// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using LrngEngine.Seeding;
using LrngEngine.Tests.Drng;

namespace LrngCuse.Tests.Device;

/// <summary>Gates of the devices (reference 7.1), writes and poll.</summary>
[TestFixture]
internal sealed class RandomDeviceTests
{
    private const uint PollIn = 0x41;
    private const uint PollOut = 0x104;

    [TestCase((int)DeviceNode.Random, false, false, (int)ReadGate.Park)]
    [TestCase((int)DeviceNode.Random, true, false, (int)ReadGate.TryAgain)]
    [TestCase((int)DeviceNode.Random, false, true, (int)ReadGate.Park)]
    [TestCase((int)DeviceNode.Random, true, true, (int)ReadGate.TryAgain)]
    [TestCase((int)DeviceNode.Urandom, false, false, (int)ReadGate.Serve)]
    [TestCase((int)DeviceNode.Urandom, true, true, (int)ReadGate.Serve)]
    public void Gate_while_unseeded(int node, bool nonBlocking, bool predictionResistant, int expected) =>
        AssertGate(bits: 0, (DeviceNode)node, nonBlocking, predictionResistant, expected);

    [TestCase((int)DeviceNode.Random, false, false, (int)ReadGate.Park)]
    [TestCase((int)DeviceNode.Random, true, false, (int)ReadGate.TryAgain)]
    public void Gate_at_128_bits(int node, bool nonBlocking, bool predictionResistant, int expected) =>
        AssertGate(bits: 128, (DeviceNode)node, nonBlocking, predictionResistant, expected);

    [TestCase((int)DeviceNode.Random, false, false, (int)ReadGate.Serve)]
    [TestCase((int)DeviceNode.Random, true, false, (int)ReadGate.Serve)]
    [TestCase((int)DeviceNode.Random, false, true, (int)ReadGate.Park)]
    [TestCase((int)DeviceNode.Random, true, true, (int)ReadGate.Park)]
    [TestCase((int)DeviceNode.Urandom, false, true, (int)ReadGate.Serve)]
    public void Gate_when_fully_seeded(int node, bool nonBlocking, bool predictionResistant, int expected) =>
        AssertGate(bits: 256, (DeviceNode)node, nonBlocking, predictionResistant, expected);

    [Test]
    public void A_read_of_nothing_passes_every_gate()
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 0));
        Assert.That(fixture.Device.Gate(new ReadMode(DeviceNode.Random, 0, false, true)), Is.EqualTo(ReadGate.Serve));
    }

    [Test]
    public void Poll_is_readable_only_when_a_read_would_not_wait()
    {
        var source = new ScriptedSource("JitterRNG", 0);
        using var fixture = new DeviceFixture(source);
        int changes = 0;
        fixture.Device.ReadinessChanged += events => changes += (events & PollIn) != 0 ? 1 : 0;
        Assert.That(fixture.Device.PollEvents(DeviceNode.Random, invited: false), Is.EqualTo(PollOut));
        Assert.That(fixture.Device.PollEvents(DeviceNode.Urandom, invited: false), Is.EqualTo(PollIn | PollOut));

        source.BitsPerPull = 256;
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => changes == 1, "pollers are told once");
        Assert.That(fixture.Device.PollEvents(DeviceNode.Random, invited: false), Is.EqualTo(PollIn | PollOut));
    }

    [Test]
    public void Poll_is_writable_below_the_threshold_and_when_invited()
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 256));
        int wakeUps = 0;
        fixture.Device.ReadinessChanged += events => wakeUps += (events & PollOut) != 0 ? 1 : 0;
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => Volatile.Read(ref wakeUps) == 1, "the first seeding wakes when it is over");
        wakeUps = 0;

        fixture.Engine.Auxiliary.Insert(new byte[64], 512);
        Assert.That(fixture.Device.PollEvents(DeviceNode.Random, invited: false), Is.EqualTo(PollIn));
        Assert.That(fixture.Device.PollEvents(DeviceNode.Random, invited: true), Is.EqualTo(PollIn | PollOut));

        fixture.Engine.Auxiliary.AddCredit(-1);
        Assert.That(fixture.Device.PollEvents(DeviceNode.Random, invited: false), Is.EqualTo(PollIn | PollOut));
        Assert.That(wakeUps, Is.EqualTo(1), "the credit fell");

        Assert.That(fixture.Engine.Manager.Demand.TrySetThreshold(511), Is.True);
        Assert.That(fixture.Device.PollEvents(DeviceNode.Random, invited: false), Is.EqualTo(PollIn));
        Assert.That(wakeUps, Is.EqualTo(2), "the threshold changed");

        long invitations = fixture.Device.Invitations;
        fixture.Engine.Manager.RequestReseed();
        ManagerFixture.Eventually(() => fixture.Device.Invitations == invitations + 1, "a seeding invites");
        ManagerFixture.Eventually(() => wakeUps == 3, "and wakes");
    }

    [Test]
    public void A_generator_that_lost_its_seed_wants_entropy_whatever_the_pool_holds()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        Assert.That(fixture.Engine.Manager.Demand.TrySetThreshold(0), Is.True);
        Assert.That(fixture.Device.PollEvents(DeviceNode.Random, invited: false), Is.EqualTo(PollIn));

        int wakeUps = 0;
        fixture.Device.ReadinessChanged += events => wakeUps += (events & PollOut) != 0 ? 1 : 0;
        source.BitsPerPull = 0;
        fixture.Engine.Manager.Reset("a test");
        Assert.That(fixture.Device.PollEvents(DeviceNode.Random, invited: false), Is.EqualTo(PollOut));
        Assert.That(wakeUps, Is.Positive);
    }

    [Test]
    public void Writes_earn_no_credit_and_cause_one_reseed_in_ten_seconds()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Device.Write(new byte[100]);
        AwaitSeedings(fixture, 2, "a reseed at once");
        for (int i = 0; i < 99; i++)
        {
            fixture.Device.Write(new byte[100]);
        }

        fixture.Engine.Clock.Advance(TimeSpan.FromSeconds(9));
        fixture.Device.Write([1]);
        Assert.That(fixture.Engine.Manager.GetStatus().Seedings, Is.EqualTo(2));
        Assert.That(fixture.Engine.Auxiliary.EntropyBits, Is.Zero);
        Assert.That(fixture.Device.WrittenBytes, Is.EqualTo(10_001));

        fixture.Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        AwaitSeedings(fixture, 3, "one for all those that came too soon");
        fixture.Engine.Clock.Advance(TimeSpan.FromSeconds(30));
        fixture.Device.Write([1]);
        AwaitSeedings(fixture, 4, "at once again");
        Assert.That(source.Pulls, Is.EqualTo(4));
    }

    [Test]
    public void A_privileged_writer_need_not_wait_for_others()
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 256));
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Device.Write([1]);
        AwaitSeedings(fixture, 2, "somebody's reseed");
        fixture.Device.Write([1], isPrivileged: () => false);
        fixture.Device.Write([1], isPrivileged: () => true);
        AwaitSeedings(fixture, 3, "the administrator's");
    }

    private static void AwaitSeedings(DeviceFixture fixture, long number, string what) =>
        ManagerFixture.Eventually(() => fixture.Engine.Manager.GetStatus().Seedings == number, what);

    private static void AssertGate(int bits, DeviceNode node, bool nonBlocking, bool predictionResistant, int expected)
    {
        var source = new ScriptedSource("JitterRNG", bits) { PullsLeft = 1 };
        using var fixture = new DeviceFixture(source);
        fixture.Engine.Manager.Start();
        ManagerFixture.Eventually(() => source.Pulls > 0 && (int)fixture.Engine.Manager.Level == bits, "the level is reached");

        ReadGate gate = fixture.Device.Gate(new ReadMode(node, 32, nonBlocking, predictionResistant));
        Assert.That((int)gate, Is.EqualTo(expected));
    }
}
