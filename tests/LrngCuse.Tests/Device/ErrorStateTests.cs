// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using LrngCuse.Interop;
using LrngEngine.Seeding;
using LrngEngine.Tests.Drng;

namespace LrngCuse.Tests.Device;

/// <summary>The devices of a generator whose self-tests failed.</summary>
[TestFixture]
internal sealed class ErrorStateTests
{
    private const string Reason = "self-test chacha20 failed";

    [Test]
    public void Every_read_fails(
        [Values(0, 256)] int bits, [Values] bool urandom, [Values] bool nonBlocking, [Values] bool predictionResistant)
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", bits));
        fixture.Engine.StartAndAwait((SeedLevel)bits);
        fixture.Engine.Manager.Errors.Enter(Reason);
        var mode = new ReadMode(urandom ? DeviceNode.Urandom : DeviceNode.Random, 32, nonBlocking, predictionResistant);
        Assert.That(fixture.Device.Gate(mode), Is.EqualTo(ReadGate.Fail));
    }

    // It passed the gate before.
    [Test]
    public void A_read_that_is_being_served_fails([Values] bool urandom)
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 256));
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Engine.Manager.Errors.Enter(Reason);
        byte[] output = new byte[32];
        var mode = new ReadMode(urandom ? DeviceNode.Urandom : DeviceNode.Random, output.Length, false, false);
        Assert.That(fixture.Device.Serve(mode, output), Is.EqualTo(-Linux.EIO));
        Assert.That(output, Is.All.Zero);
        Assert.That(fixture.Device.ServedBytes, Is.Zero);
    }

    [Test]
    public void Whoever_waits_gets_the_error()
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 0));
        fixture.Engine.Manager.Start();
        RecordedRead[] reads =
        [
            RecordedRead.Blocking(32),
            RecordedRead.Blocking(32),
            RecordedRead.PredictionResistant(32),
        ];
        var seed = new RecordedSeed();
        PendingRequest[] waiting = [.. reads, seed];
        Assert.That(waiting.Select(fixture.Device.Park), Is.All.True);
        fixture.Engine.Manager.Errors.Enter(Reason);
        ManagerFixture.Eventually(() => waiting.All(request => request.Answered), "all are answered");
        Assert.That(reads.Select(read => read.Errno).Append(seed.Errno), Is.All.EqualTo(Linux.EIO));
        ManagerFixture.Eventually(() => fixture.Device.ParkedReaders == 0, "nobody is left");
    }

    [Test]
    public void Whoever_comes_later_does_not_wait()
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 0));
        fixture.Engine.Manager.Errors.Enter(Reason);
        var read = RecordedRead.Blocking(32);
        Assert.That(fixture.Device.Park(read), Is.True);
        ManagerFixture.Eventually(() => read.Answered, "answered");
        Assert.That(read.Errno, Is.EqualTo(Linux.EIO));
    }

    // An interrupted read gives the bytes that it has; in the error state it gives none.
    [Test]
    public void What_a_waiting_read_has_already_is_not_given()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        source.PullsLeft = 0;
        var read = RecordedRead.PredictionResistant(64);
        Assert.That(read.Append(new byte[32]), Is.Zero);
        fixture.Engine.Manager.Errors.Enter(Reason);
        Assert.That(fixture.Device.Park(read), Is.True);
        ManagerFixture.Eventually(() => read.Answered, "answered");
        Assert.Multiple(() =>
        {
            Assert.That(read.Data, Is.Null);
            Assert.That(read.Errno, Is.EqualTo(Linux.EIO));
            Assert.That(read.Answers, Is.EqualTo(1));
        });
    }

    [Test]
    public void Pollers_are_told([Values] bool urandom)
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 0));
        int changes = 0;
        fixture.Device.ReadinessChanged += _ => changes++;
        fixture.Engine.Manager.Errors.Enter(Reason);
        Assert.That(changes, Is.EqualTo(1));
        uint events = fixture.Device.PollEvents(urandom ? DeviceNode.Urandom : DeviceNode.Random, invited: false);
        Assert.That(events, Is.EqualTo(Linux.POLLIN | Linux.POLLRDNORM | Linux.POLLOUT | Linux.POLLWRNORM | Linux.POLLERR));
    }

    [Test]
    public void A_read_of_nothing_and_a_write_go_on()
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 0));
        fixture.Engine.Manager.Errors.Enter(Reason);
        Assert.That(fixture.Device.Gate(new ReadMode(DeviceNode.Random, 0, false, false)), Is.EqualTo(ReadGate.Serve));
        fixture.Device.Write([1, 2, 3]);
        Assert.That(fixture.Device.WrittenBytes, Is.EqualTo(3));
    }
}
