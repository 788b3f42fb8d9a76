// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Collections.Concurrent;
using LrngEngine.Seeding;
using LrngEngine.Tests.Drng;

namespace LrngEngine.Tests.Generators;

/// <summary>What handlers of a changed level hear.</summary>
[TestFixture]
internal sealed class LevelNotifierTests
{
    [Test]
    public void A_level_that_is_the_same_again_is_no_change()
    {
        SeedLevel level = SeedLevel.Unseeded;
        int looks = 0;
        var told = new ConcurrentQueue<SeedLevel>();
        var notifier = new LevelNotifier(Look, told.Enqueue, new RecordedLog());
        ChangeTo(SeedLevel.Unseeded);
        ChangeTo(SeedLevel.InitiallySeeded);
        ChangeTo(SeedLevel.InitiallySeeded);
        ChangeTo(SeedLevel.FullySeeded);
        GeneratorFixture.Eventually(() => told.LastOrDefault() == SeedLevel.FullySeeded, "told");
        Assert.That(told, Is.EqualTo([SeedLevel.InitiallySeeded, SeedLevel.FullySeeded]));

        SeedLevel Look()
        {
            Interlocked.Increment(ref looks);
            return level;
        }

        // Returns when it was looked at, so that two changes do not become one.
        void ChangeTo(SeedLevel now)
        {
            int before = Volatile.Read(ref looks);
            level = now;
            notifier.Changed();
            GeneratorFixture.Eventually(() => Volatile.Read(ref looks) > before, "looked at");
        }
    }

    [Test]
    public void Handlers_run_one_at_a_time()
    {
        int inside = 0;
        int most = 0;
        int calls = 0;
        int level = 0;
        var notifier = new LevelNotifier(
            () => (SeedLevel)Volatile.Read(ref level),
            _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                Thread.SpinWait(1000);
                Interlocked.Decrement(ref inside);
                Interlocked.Increment(ref calls);
            },
            new RecordedLog());
        Parallel.For(1, 1000, i =>
        {
            Volatile.Write(ref level, i);
            notifier.Changed();
        });
        GeneratorFixture.Eventually(() => Volatile.Read(ref calls) > 0 && Volatile.Read(ref inside) == 0, "all told");
        Assert.That(most, Is.EqualTo(1));
    }
}
