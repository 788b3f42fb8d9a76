// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>A source that fails in the middle of a seeding costs no other source a bit and holds up only who must wait for it.</summary>
[TestFixture]
internal sealed class FailingSourceTests
{
    private const int StockBits = 10_000;

    // Before, between and behind sound sources.
    [Test]
    public void It_loses_no_bit_of_another_source(
        [ValueSource(typeof(SourceFault), nameof(SourceFault.All))] SourceFault fault,
        [Values(0, 1, 2)] int place,
        [Values] bool resistant)
    {
        var broken = new StockSource("CPU", bitsPerPull: 100);
        StockSource[] sound = [new("JitterRNG", bitsPerPull: 40), new("KernelRNG", bitsPerPull: 30)];
        List<StockSource> sources = [.. sound];
        sources.Insert(place, broken);
        sources.ForEach(source => source.Refill(StockBits));
        using var fixture = new ManagerFixture(options: null, [.. sources]);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        long[] creditedBefore = Credits(fixture);
        long[] pullsBefore = [.. sources.Select(source => source.Pulls)];

        broken.Report = fault.Report;
        if (resistant)
        {
            Assert.That(fixture.Manager.PullPredictionResistant(new byte[32]), Is.EqualTo(32));
        }
        else
        {
            Assert.That(fixture.Manager.ReseedAsync(CancellationToken.None).Result, Is.True);
        }

        // 256 bits at 40 + 30 and what the broken one earns, rounded up.
        int each = 70 + fault.CreditedBits;
        int pulls = (256 + each - 1) / each;
        Assert.That(sources.Zip(pullsBefore, (source, before) => source.Pulls - before), Is.All.EqualTo(pulls));
        long[] credited = Credits(fixture);
        Assert.That(credited[place] - creditedBefore[place], Is.EqualTo(pulls * fault.CreditedBits), "the broken source");
        foreach (StockSource source in sound)
        {
            Assert.That(credited[sources.IndexOf(source)], Is.EqualTo(source.Spent), $"all that was taken from {source.Name}");
            Assert.That(source.Spent + source.Left, Is.EqualTo(StockBits));
        }
    }

    [Test]
    public void While_it_hangs_only_those_wait_who_need_entropy([Values] bool whileReadingResistant)
    {
        using var inside = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        using var topology = new ThreadTopology(2);
        var hanging = new StockSource("CPU");
        var sound = new StockSource("JitterRNG");
        hanging.Refill(StockBits);
        sound.Refill(StockBits);
        using var fixture = new ManagerFixture(topology, options: null, sound, hanging);
        DrngManager manager = fixture.Manager;
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => manager.AllNodesSeeded, "both nodes serve");

        hanging.Report = bits =>
        {
            inside.Set();
            release.Wait();
            return bits;
        };
        Task<int> resistant = whileReadingResistant ? ReadResistant() : Task.FromResult(32);
        Task<bool> reseed = whileReadingResistant ? Task.FromResult(true) : manager.ReseedAsync(CancellationToken.None);
        try
        {
            inside.Wait();
            resistant = whileReadingResistant ? resistant : ReadResistant();
            reseed = whileReadingResistant ? manager.ReseedAsync(CancellationToken.None) : reseed;
            Task<DrngManagerStatus> others = Task.Run(UseWhatNeedsNoEntropy);
            ManagerFixture.Eventually(() => others.IsCompleted, "the others go on");
            Assert.That(others.Result.Level, Is.EqualTo(SeedLevel.FullySeeded));
            Assert.That((resistant.IsCompleted, reseed.IsCompleted), Is.EqualTo((false, false)), "these wait");
        }
        finally
        {
            release.Set();
        }

        Assert.That((resistant.Result, reseed.Result), Is.EqualTo((32, true)));
        ManagerFixture.Eventually(
            () => Credits(fixture).SequenceEqual([sound.Spent, hanging.Spent, 0]), "what was taken is credited in the end");

        Task<int> ReadResistant() => Task.Run(() => manager.PullPredictionResistant(new byte[32]));

        DrngManagerStatus UseWhatNeedsNoEntropy()
        {
            for (int round = 0; round < 100; round++)
            {
                topology.Index = round % 2;
                _ = fixture.Generate(5000);
                fixture.Auxiliary.Insert(new byte[32], 0);
                manager.RequestReseed();
                _ = manager.GetStatus();
                _ = manager.GetLrngType();
            }

            topology.Index = 0;
            return manager.GetStatus();
        }
    }

    [Test]
    public void It_is_not_given_up_and_counts_again_once_it_works()
    {
        bool works = false;
        var source = new StockSource("CPU") { Report = bits => works ? bits : throw new InvalidOperationException("not yet") };
        source.Refill(StockBits);
        using var fixture = new ManagerFixture(options: null, source);
        fixture.Manager.Start();
        Assert.That(fixture.Manager.ReseedAsync(CancellationToken.None).Result, Is.False);
        Assert.That(fixture.Manager.Operational, Is.False);

        works = true;
        Assert.That(fixture.Manager.ReseedAsync(CancellationToken.None).Result, Is.True);
        Assert.That(fixture.Manager.Operational, Is.True);
    }

    private static long[] Credits(ManagerFixture fixture) =>
        [.. fixture.Manager.GetStatus().Sources.Select(source => source.CreditedBits)];
}
