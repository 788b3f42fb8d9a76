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
        fixture.Device.ReadinessChanged += () => changes++;
        Assert.That(fixture.Device.PollEvents(DeviceNode.Random), Is.EqualTo(PollOut));
        Assert.That(fixture.Device.PollEvents(DeviceNode.Urandom), Is.EqualTo(PollIn | PollOut));

        source.BitsPerPull = 256;
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => changes == 1, "pollers are told once");
        Assert.That(fixture.Device.PollEvents(DeviceNode.Random), Is.EqualTo(PollIn | PollOut));
    }

    [Test]
    public void A_write_earns_no_credit_and_reseeds_at_most_once_in_ten_seconds()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        for (int i = 0; i < 100; i++)
        {
            fixture.Device.Write(new byte[100]);
        }

        ManagerFixture.Eventually(() => fixture.Engine.Manager.GetStatus().Seedings == 2, "one reseed");
        Assert.That(fixture.Engine.Auxiliary.EntropyBits, Is.Zero);
        Assert.That(fixture.Device.WrittenBytes, Is.EqualTo(10_000));

        fixture.Engine.Clock.Advance(TimeSpan.FromSeconds(10));
        fixture.Device.Write([1]);
        ManagerFixture.Eventually(() => fixture.Engine.Manager.GetStatus().Seedings == 3, "another one");
        Assert.That(source.Pulls, Is.EqualTo(3));
    }

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
