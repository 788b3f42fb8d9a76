// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>Reseeds that the administrator asks for.</summary>
[TestFixture]
internal sealed class ReseedTests
{
    [Test]
    public async Task It_is_full_even_from_weak_sources()
    {
        var source = new ScriptedSource("JitterRNG", 100);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);

        Assert.That(await fixture.Manager.ReseedAsync(CancellationToken.None), Is.True);
        Assert.That(fixture.Manager.GetStatus().Seedings, Is.EqualTo(2));
        Assert.That(source.Pulls, Is.EqualTo(6), "three pulls for each seed");
    }

    [Test]
    public async Task Drained_sources_make_it_fail_and_the_generator_goes_on()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        source.PullsLeft = 0;

        Assert.That(await fixture.Manager.ReseedAsync(CancellationToken.None), Is.False);
        Assert.That(fixture.Manager.Operational, Is.True);
    }

    [Test]
    public async Task Callers_at_the_same_time_are_all_answered()
    {
        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 256));
        fixture.StartAndAwait(SeedLevel.FullySeeded);

        bool[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => fixture.Manager.ReseedAsync(CancellationToken.None)));
        Assert.That(results, Is.All.True);
    }

    [Test]
    public async Task Who_waits_when_the_manager_ends_is_let_go()
    {
        var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 256));
        Task<bool> reseed = fixture.Manager.ReseedAsync(CancellationToken.None);
        fixture.Dispose();
        await Assert.ThatAsync(async () => await reseed, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Who_gives_up_waiting_is_let_go()
    {
        using var release = new ManualResetEventSlim();
        var source = new ScriptedSource("JitterRNG", 256) { OnPull = release.Wait };
        using var fixture = new ManagerFixture(null, source);
        using var cancellation = new CancellationTokenSource();
        fixture.Manager.Start();
        Task<bool> reseed = fixture.Manager.ReseedAsync(cancellation.Token);
        cancellation.Cancel();
        Assert.That(async () => await reseed, Throws.InstanceOf<OperationCanceledException>());
        release.Set();
    }
}
