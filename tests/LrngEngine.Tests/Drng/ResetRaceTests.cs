// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>A reset that is overtaken by the seeding that it asks for.</summary>
[TestFixture]
internal sealed class ResetRaceTests
{
    [Test]
    public void The_level_is_that_of_the_seed_although_the_reset_took_long_on_another_node()
    {
        using var inside = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        using var topology = new ThreadTopology(2);
        using var slow = new ThreadLocal<bool>();
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new ManagerFixture(topology, options: null, drng => new HookedDrng(drng, BeforeGenerating), source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "both nodes serve");

        // The reset has given up the seed of the first node and waits for a reader of the second one.
        Task reader = Task.Run(() =>
        {
            topology.Index = 1;
            slow.Value = true;
            _ = fixture.Generate(32);
            slow.Value = false;
        });
        inside.Wait();
        int pulls = source.Pulls;
        Task reset = Task.Run(() => fixture.Manager.Reset("for the test"));
        try
        {
            ManagerFixture.Eventually(() => !fixture.Manager.Operational, "the reset began");
            fixture.Manager.SourcesChanged();
            ManagerFixture.Eventually(() => fixture.Manager.Operational && source.Pulls > pulls, "the first node is seeded afresh");
        }
        finally
        {
            release.Set();
        }

        Task.WaitAll(reader, reset);
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "both nodes serve again");
        ManagerFixture.Eventually(() => fixture.Manager.Level == SeedLevel.FullySeeded, "and the level says so");

        void BeforeGenerating()
        {
            if (slow.Value)
            {
                inside.Set();
                release.Wait();
            }
        }
    }
}
