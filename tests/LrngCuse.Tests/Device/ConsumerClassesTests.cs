// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;

namespace LrngCuse.Tests.Device;

/// <summary>The classes that readers are counted by are bounded, and nothing that was counted is lost.</summary>
[TestFixture]
internal sealed class ConsumerClassesTests
{
    private readonly ConsumerClasses _classes = new();

    [Test]
    public void A_cgroup_is_one_class_however_often_it_opens()
    {
        ConsumerClass first = _classes.Enter("/a");
        ConsumerClass second = _classes.Enter("/a");
        Assert.That(second, Is.SameAs(first));
        first.AddRead(5);
        _classes.Leave(second);
        Assert.That(_classes.Read(), Is.EqualTo(new[] { new ConsumerCount("/a", 1, 1, 5, 0, 0) }));
    }

    [Test]
    public void Who_has_been_away_longest_makes_room_and_its_counts_are_kept()
    {
        var classes = new ConsumerClasses();
        for (int i = 0; i < ConsumerClasses.MaximumNamed; i++)
        {
            ConsumerClass one = classes.Enter($"/{i}");
            one.AddRead(100 + i);
            one.AddPull();
            one.AddLimited();
            classes.Leave(one);
        }

        // Not the one that is used again, and not the one that has a file open.
        classes.Leave(classes.Enter("/0"));
        _ = classes.Enter("/1");
        _ = classes.Enter("/new");
        string[] names = [.. classes.Read().Select(count => count.Name)];
        Assert.That(names, Does.Not.Contain("/2").And.Contains("/0").And.Contains("/1").And.Contains("/new"));
        Assert.That(classes.Read().Single(count => count.Name == "ended"), Is.EqualTo(new ConsumerCount("ended", 0, 1, 102, 1, 1)));
    }

    [Test]
    public void Many_cgroups_at_once_fill_neither_memory_nor_metrics()
    {
        var classes = new ConsumerClasses();
        for (int i = 0; i < 10_000; i++)
        {
            classes.Enter($"/{i}").AddRead(1);
        }

        IReadOnlyList<ConsumerCount> counts = classes.Read();
        Assert.That(counts, Has.Count.EqualTo(ConsumerClasses.MaximumNamed + 1));
        Assert.That(counts[0], Is.EqualTo(new ConsumerCount("other", 10_000 - ConsumerClasses.MaximumNamed, 10_000 - ConsumerClasses.MaximumNamed, 10_000 - ConsumerClasses.MaximumNamed, 0, 0)));
    }
}
