// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>Whoever keeps output is told when it is not to be used any more.</summary>
[TestFixture]
internal sealed class OutputOutdatedTests
{
    private int _told;

    [SetUp]
    public void Forget() => _told = 0;

    [Test]
    public void By_a_seed()
    {
        using ManagerFixture fixture = Listening(null);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        Assert.That(Volatile.Read(ref _told), Is.Not.Zero);
    }

    [Test]
    public async Task By_a_full_reseed_before_it_is_said_to_be_done()
    {
        using ManagerFixture fixture = Seeded(null);
        _ = await fixture.Manager.ReseedAsync(CancellationToken.None);
        Assert.That(Volatile.Read(ref _told), Is.Not.Zero);
    }

    [Test]
    public void By_the_request_for_a_reseed_and_again_by_the_seed()
    {
        using ManagerFixture fixture = Seeded(null);
        fixture.Manager.RequestReseed();
        Assert.That(Volatile.Read(ref _told), Is.Not.Zero, "at once");
        ManagerFixture.Eventually(() => fixture.Manager.GetStatus().Seedings == 2 && Volatile.Read(ref _told) == 2, "twice");
    }

    [Test]
    public void By_a_reset()
    {
        using ManagerFixture fixture = Seeded(null);
        fixture.Manager.Reset("for the test");
        Assert.That(Volatile.Read(ref _told), Is.Not.Zero);
    }

    [Test]
    public void By_a_switch()
    {
        using ManagerFixture fixture = Seeded(null);
        fixture.Manager.SwitchDrng(() => new LrngEngine.Crypto.ChaCha20Drng(fixture.Arena, LrngEngine.Crypto.ChaCha20Kernels.Best));
        Assert.That(Volatile.Read(ref _told), Is.Not.Zero);
    }

    [Test]
    public void By_the_loss_of_the_seed_and_not_by_output()
    {
        var source = new ScriptedSource("JitterRNG", 256) { PullsLeft = 1 };
        using ManagerFixture fixture = Seeded(new DrngManagerOptions { MaximumWithoutFullReseed = 1 }, source);
        _ = fixture.Generate(32);
        Assert.That(Volatile.Read(ref _told), Is.Zero);
        _ = fixture.Generate(32);
        Assert.That(fixture.Manager.Operational, Is.False);
        Assert.That(Volatile.Read(ref _told), Is.Not.Zero);
    }

    private ManagerFixture Listening(DrngManagerOptions? options, ScriptedSource? source = null)
    {
        var fixture = new ManagerFixture(options, source ?? new ScriptedSource("JitterRNG", 256));
        fixture.Manager.OutputOutdated += () => Interlocked.Increment(ref _told);
        return fixture;
    }

    // The worker tells after each seeding, for the last time when it has nothing more to do.
    private ManagerFixture Seeded(DrngManagerOptions? options, ScriptedSource? source = null)
    {
        ManagerFixture fixture = Listening(options, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => Volatile.Read(ref _told) == 1, "the first seed");
        Forget();
        return fixture;
    }
}
