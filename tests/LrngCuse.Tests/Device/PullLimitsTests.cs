// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using LrngCuse.Interop;
using LrngEngine.Seeding;
using LrngEngine.Tests.Drng;

namespace LrngCuse.Tests.Device;

/// <summary>Limits on what costs a pull of the sources: who is over it waits, and nobody else.</summary>
[TestFixture]
internal sealed class PullLimitsTests
{
    private static readonly Consumer s_anne = Of(1000, "/anne");
    private static readonly Consumer s_bert = Of(1001, "/bert");

    [Test]
    public void A_read_waits_for_its_turn_and_goes_on_when_the_clock_says_so()
    {
        using DeviceFixture fixture = Seeded(pullsPerUser: 1);
        RecordedRead first = Park(fixture, s_anne, 32);
        ManagerFixture.Eventually(() => first.Answered, "the first is within the limit");
        RecordedRead second = Park(fixture, s_anne, 32);
        ManagerFixture.Eventually(() => second.Limited, "the second is beyond it");
        Assert.That(second.Answered, Is.False);

        fixture.Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        ManagerFixture.Eventually(() => second.Answered, "answered");
        Assert.That(second.Data, Has.Length.EqualTo(32));
    }

    [Test]
    public void Nobody_else_waits()
    {
        using DeviceFixture fixture = Seeded(pullsPerUser: 1, pullsPerCgroup: 1);
        RecordedRead[] greedy = [.. Enumerable.Range(0, 50).Select(_ => Park(fixture, s_anne, 32))];
        ManagerFixture.Eventually(() => greedy.Count(read => read.Limited) == 49, "all but the first are beyond the limit");

        RecordedRead other = Park(fixture, s_bert, 32);
        RecordedRead unlimited = Park(fixture, s_anne with { Unlimited = true }, 320);
        RecordedRead unknown = Park(fixture, null, 320);
        ManagerFixture.Eventually(() => other.Answered && unlimited.Answered && unknown.Answered, "the others are answered");
        Assert.That(unlimited.Data, Has.Length.EqualTo(320));
        Assert.That(greedy.Count(read => read.Answered), Is.EqualTo(1));
    }

    [Test]
    public void A_nonblocking_read_is_to_be_repeated()
    {
        using DeviceFixture fixture = Seeded(pullsPerUser: 1);
        Answered(Park(fixture, s_anne, 32));
        RecordedRead read = Answered(Park(fixture, s_anne, 32, nonBlocking: true));
        Assert.That(read.Errno, Is.EqualTo(Linux.EAGAIN));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_read_that_has_something_comes_short(bool nonBlocking)
    {
        using DeviceFixture fixture = Seeded(pullsPerUser: 3);
        RecordedRead read = Answered(Park(fixture, s_anne, 1000, nonBlocking));
        Assert.That(read.Data, Has.Length.EqualTo(96));
    }

    // One byte costs the sources as much as 32.
    [Test]
    public void Pulls_are_counted_and_not_bytes()
    {
        using DeviceFixture fixture = Seeded(pullsPerUser: 2);
        Answered(Park(fixture, s_anne, 1));
        Answered(Park(fixture, s_anne, 1));
        Assert.That(Answered(Park(fixture, s_anne, 1, nonBlocking: true)).Errno, Is.EqualTo(Linux.EAGAIN));
    }

    [Test]
    public void Both_limits_hold()
    {
        using DeviceFixture fixture = Seeded(pullsPerUser: 3, pullsPerCgroup: 1);
        Answered(Park(fixture, s_anne, 32));
        Assert.That(Answered(Park(fixture, s_anne, 32, nonBlocking: true)).Errno, Is.EqualTo(Linux.EAGAIN), "the cgroup's");
        Assert.That(Answered(Park(fixture, Of(1000, "/b"), 32)).Data, Has.Length.EqualTo(32));
        Assert.That(Answered(Park(fixture, Of(1000, "/c"), 32)).Data, Has.Length.EqualTo(32));
        Assert.That(Answered(Park(fixture, Of(1000, "/d"), 32, nonBlocking: true)).Errno, Is.EqualTo(Linux.EAGAIN), "the user's");
    }

    [Test]
    public void Seeds_are_limited_as_well()
    {
        using DeviceFixture fixture = Seeded(pullsPerUser: 1);
        var first = new RecordedSeed(consumer: s_anne);
        Assert.That(fixture.Device.Park(first), Is.True);
        ManagerFixture.Eventually(() => first.Answered, "the first is within the limit");
        var nonBlocking = new RecordedSeed(nonBlocking: true, consumer: s_anne);
        var waiting = new RecordedSeed(consumer: s_anne);
        Assert.That(fixture.Device.Park(nonBlocking) && fixture.Device.Park(waiting), Is.True);
        ManagerFixture.Eventually(() => nonBlocking.Answered && waiting.Limited, "one gives up, the other waits");
        Assert.That(nonBlocking.Errno, Is.EqualTo(Linux.EAGAIN));
        Assert.That(waiting.Answered, Is.False);

        fixture.Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        ManagerFixture.Eventually(() => waiting.Answered, "answered");
        Assert.That(waiting.Data, Is.Not.Null);
    }

    [Test]
    public void A_signal_ends_the_wait()
    {
        using DeviceFixture fixture = Seeded(pullsPerUser: 1);
        Answered(Park(fixture, s_anne, 32));
        RecordedRead read = Park(fixture, s_anne, 32);
        ManagerFixture.Eventually(() => read.Limited, "it waits");
        fixture.Device.Unpark(read, read.Finish(Linux.EINTR));
        Assert.That((read.Errno, fixture.Device.ParkedReaders), Is.EqualTo((Linux.EINTR, 0)));
    }

    [Test]
    public void It_is_counted_for_the_class_once_a_read()
    {
        var counted = Of(1000, "/counted");
        using DeviceFixture fixture = Seeded(pullsPerUser: 2);
        Answered(Park(fixture, counted, 96));
        Answered(Park(fixture, counted, 32, nonBlocking: true));
        ManagerFixture.Eventually(() => counted.Class.Read().Reads == 1, "counted");
        Assert.That(counted.Class.Read(), Is.EqualTo(new ConsumerCount("/counted", 0, 1, 64, 2, 2)));
    }

    private static Consumer Of(uint user, string cgroup) => new(user, cgroup, Unlimited: false, new ConsumerClass(cgroup));

    private static DeviceFixture Seeded(int? pullsPerUser = null, int? pullsPerCgroup = null)
    {
        var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 256), pullsPerUser: pullsPerUser, pullsPerCgroup: pullsPerCgroup);
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        return fixture;
    }

    private static RecordedRead Park(DeviceFixture fixture, Consumer? consumer, int bytes, bool nonBlocking = false)
    {
        var read = new RecordedRead(new ReadMode(DeviceNode.Random, bytes, nonBlocking, true, consumer));
        Assert.That(fixture.Device.Park(read), Is.True);
        return read;
    }

    private static RecordedRead Answered(RecordedRead read)
    {
        ManagerFixture.Eventually(() => read.Answered, "answered");
        return read;
    }
}
