// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using LrngCuse.Interop;
using LrngEngine.Seeding;

namespace LrngCuse.Tests.Device;

/// <summary>Whatever a program sends is answered, in a few rounds, within the room that it gave, and earns it nothing.</summary>
[TestFixture]
internal sealed class IoctlProperties
{
    // One change of the caller's memory costs a round at most.
    private const int MostRounds = 5;

    private const int Credit = 100;

    private IoctlCaller _caller = null!;

    [SetUp]
    public void Start()
    {
        _caller = new IoctlCaller(256, memoryBytes: 400);
        _caller.Engine.StartAndAwait(SeedLevel.FullySeeded);
    }

    [TearDown]
    public void Stop() => _caller.Dispose();

    [FsCheck.NUnit.Property(Arbitrary = [typeof(IoctlArbitraries)], MaxTest = 5000)]
    public void Without_privilege_nothing_changes(AnyIoctl ioctl)
    {
        IoctlOutcome? outcome = Send(ioctl, privileged: false);
        Assert.That(_caller.Engine.Auxiliary.EntropyBits, Is.EqualTo(Credit));
        Assert.That(_caller.Engine.Manager.GetStatus().Seedings, Is.EqualTo(1));
        Assert.That(outcome is not IoctlOutcome.PullSeed || ioctl.Command == LrngHeader.LRNG_GETSEED, Is.True);
    }

    [FsCheck.NUnit.Property(Arbitrary = [typeof(IoctlArbitraries)], MaxTest = 5000)]
    public void With_privilege_the_pool_gets_no_more_than_it_holds(AnyIoctl ioctl)
    {
        _ = Send(ioctl, privileged: true);
        Assert.That(_caller.Engine.Auxiliary.EntropyBits, Is.InRange(0, _caller.Engine.Auxiliary.CapacityBits));
    }

    private IoctlOutcome? Send(AnyIoctl ioctl, bool privileged)
    {
        _caller.Engine.Auxiliary.EntropyBits = Credit;
        _caller.Privileged = privileged;
        _caller.Put(0, ioctl.Words);
        _caller.Compat = (ioctl.Choices & 1) != 0;
        _caller.Restricted = (ioctl.Choices & 2) != 0;
        _caller.NonBlocking = (ioctl.Choices & 4) != 0;
        bool changes = (ioctl.Choices & 8) != 0;
        _caller.OnAsked = () =>
        {
            if (changes && _caller.Rounds <= ioctl.Changes.Length)
            {
                _caller.Put(4 * (_caller.Rounds - 1), ioctl.Changes[_caller.Rounds - 1]);
            }
        };

        IoctlOutcome? outcome = _caller.Call(ioctl.Command, ioctl.Argument);
        Assert.That(_caller.Rounds, Is.LessThanOrEqualTo(MostRounds + ioctl.Changes.Length));
        return outcome;
    }
}
