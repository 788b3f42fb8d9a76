// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>The seeding worker outlives what nobody expects to fail.</summary>
[TestFixture]
internal sealed class WorkerTests
{
    [Test]
    public async Task A_failure_is_told_once_and_the_seeding_tried_again()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(null, source);
        source.OnEstimate = () => throw new InvalidOperationException("broken");
        fixture.Manager.Start();
        Task<bool> waiter = fixture.Manager.ReseedAsync(CancellationToken.None);
        ManagerFixture.Eventually(() => fixture.Log.Lines.Any(line => line.StartsWith("a seeding failed", StringComparison.Ordinal)), "it is told");
        Assert.That(await waiter, Is.False);

        source.OnEstimate = () => { };
        ManagerFixture.Eventually(
            () =>
            {
                fixture.Clock.Advance(TimeSpan.FromSeconds(1));
                return fixture.Manager.Level == SeedLevel.FullySeeded;
            },
            "seeded");
        Assert.That(fixture.Log.Lines.Count(line => line.StartsWith("a seeding failed", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    // What a watchdog asks: a source that never answers stops it, an idle worker answers.
    [Test]
    public void Progress_ends_with_a_source_that_never_answers()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(null, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        long before = fixture.Manager.AskProgress();
        ManagerFixture.Eventually(() => fixture.Manager.AskProgress() > before, "an idle worker answers");

        using var stuck = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        source.OnEstimate = () =>
        {
            stuck.Set();
            release.Wait();
        };
        fixture.Manager.RequestReseed();
        Assert.That(stuck.Wait(TimeSpan.FromSeconds(30)), "it is asked");
        before = fixture.Manager.AskProgress();
        Assert.That(fixture.Manager.AskProgress(), Is.EqualTo(before));
        release.Set();
        ManagerFixture.Eventually(() => fixture.Manager.AskProgress() > before, "it goes on");
    }
}
