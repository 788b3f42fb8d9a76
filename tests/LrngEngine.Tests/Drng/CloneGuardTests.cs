// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;
using LrngEngine.Sources.KernelRng;
using LrngEngine.Tests.Generators;
using Microsoft.Extensions.Time.Testing;

namespace LrngEngine.Tests.Drng;

/// <summary>Copies of a machine, with the same state in every DRNG, must not give the same output.</summary>
[TestFixture]
internal sealed class CloneGuardTests
{
    private const int Chunk = DrngInstance.MaximumChunkBytes;

    [Test]
    public void Every_request_takes_fresh_data()
    {
        var guard = new CloneGuard(new FakeKernelRandom(), new FakeTimeProvider(), CloneGuardMode.Request);
        Assert.That(Fresh(guard), Is.EqualTo(Enumerable.Repeat((byte)1, 16)));
        Assert.That(Fresh(guard), Is.EqualTo(Enumerable.Repeat((byte)2, 16)));
    }

    [Test]
    public void Or_once_in_a_millisecond_or_never()
    {
        var clock = new FakeTimeProvider();
        var guard = new CloneGuard(new FakeKernelRandom(), clock, CloneGuardMode.Millisecond);
        Assert.That(Fresh(guard), Has.Length.EqualTo(16));
        Assert.That(Fresh(guard), Is.Empty);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(Fresh(guard), Has.Length.EqualTo(16));
        Assert.That(Fresh(new CloneGuard(new FakeKernelRandom(), clock, CloneGuardMode.Off)), Is.Empty);
    }

    [Test]
    public void A_kernel_that_has_none_is_no_obstacle() =>
        Assert.That(Fresh(new CloneGuard(new Uninitialised(), new FakeTimeProvider(), CloneGuardMode.Request)), Is.Empty);

    [TestCase(CloneGuardMode.Off, true)]
    [TestCase(CloneGuardMode.Request, false)]
    public void Two_copies_part_ways_with_the_next_request(CloneGuardMode mode, bool same)
    {
        // Everything else is the same in both: counters, clocks, keys and what the sources deliver.
        var original = new FakeKernelRandom();
        var copy = new FakeKernelRandom();
        using var first = new ManagerFixture(null, new CloneGuard(original, new FakeTimeProvider(), mode), new ScriptedSource("JitterRNG", 256));
        using var second = new ManagerFixture(null, new CloneGuard(copy, new FakeTimeProvider(), mode), new ScriptedSource("JitterRNG", 256));
        first.StartAndAwait(SeedLevel.FullySeeded);
        second.StartAndAwait(SeedLevel.FullySeeded);
        Assert.That(first.Generate(2 * Chunk), Is.EqualTo(second.Generate(2 * Chunk)), "they begin alike");

        // The kernel of the copy learns of it.
        _ = copy.GetRandom(new byte[1], KernelRandomFlags.None);
        Assert.That(first.Generate(32).SequenceEqual(second.Generate(32)), Is.EqualTo(same));
        byte[] resistant = new byte[32];
        byte[] copied = new byte[32];
        _ = first.Manager.PullPredictionResistant(resistant);
        _ = second.Manager.PullPredictionResistant(copied);
        Assert.That(resistant.SequenceEqual(copied), Is.EqualTo(same), "blocks that were collected ahead are copied too");
    }

    private static byte[] Fresh(CloneGuard guard) => guard.Fresh(new byte[CloneGuard.Bytes]).ToArray();

    private sealed class Uninitialised : KernelRandom
    {
        public override int GetRandom(Span<byte> output, KernelRandomFlags flags) => -Tmds.Linux.LibC.EAGAIN;
    }
}
