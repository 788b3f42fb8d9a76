// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>Entropy that comes in small amounts is kept until it makes a seed (LRNG's boot_entropy_thresh, reference 4.5).</summary>
[TestFixture]
internal sealed class StockTests
{
    [Test]
    public void Small_amounts_in_the_pool_become_a_full_seed()
    {
        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 0));
        AwaitFirstAttempt(fixture);
        int inserted = 0;
        while (!fixture.Manager.Operational && inserted < 1000)
        {
            fixture.Auxiliary.Insert(new byte[2], 16);
            inserted += 16;
            int now = inserted;
            SeedLevel level = now switch { < 32 => SeedLevel.Unseeded, < 160 => SeedLevel.InitiallySeeded, < 416 => SeedLevel.MinimallySeeded, _ => SeedLevel.FullySeeded };
            ManagerFixture.Eventually(() => fixture.Manager.Level == level, $"{level} with {now} bits, it is {fixture.Manager.Level}");
            fixture.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        // 32 for the first level, 128 for the second, 256 for the full one.
        Assert.That(inserted, Is.EqualTo(32 + 128 + 256));
    }

    [Test]
    public void Two_sources_wait_for_each_other_without_loss()
    {
        var options = new DrngManagerOptions { Strategy = new SeedingStrategy { BitsFromTwoSources = SeedingStrategy.Ntg1Bits } };
        var jitter = new ScriptedSource("JitterRNG", 10);
        using var fixture = new ManagerFixture(options, jitter);
        AwaitFirstAttempt(fixture);
        fixture.Auxiliary.Insert(new byte[30], 239);
        fixture.Clock.Advance(TimeSpan.FromSeconds(5));
        fixture.Manager.SourcesChanged();
        Assert.That(fixture.Auxiliary.EntropyBits, Is.EqualTo(239));

        fixture.Auxiliary.Insert(new byte[1], 1);
        ManagerFixture.Eventually(() => fixture.Manager.Operational, "operational");
    }

    private static void AwaitFirstAttempt(ManagerFixture fixture)
    {
        fixture.Manager.Start();
        ManagerFixture.Eventually(
            () => fixture.Log.Lines.Any(line => line.StartsWith("not seeded yet", StringComparison.Ordinal)), "the first attempt");
    }
}
