// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Recording;
using LrngCuse.Sampling;

namespace LrngCuse.Tests.Recording;

[TestFixture]
internal sealed class EventMergeTests
{
    [Test]
    public void Events_of_two_cpus_come_in_the_order_of_their_time_whatever_the_passes_are()
    {
        // On each CPU the stamps grow. A pass may miss what happened while it ran, never what happened before it.
        var noise = new Sampling.Noise(1);
        var merge = new EventMerge();
        var merged = new List<ulong>();
        ulong now = 0;
        var pending = new Queue<ulong>[] { new(), new() };
        for (int pass = 0; pass < 500; pass++)
        {
            foreach (int cpu in new[] { 0, 1 })
            {
                for (uint events = noise.Next(5); events > 0; events--)
                {
                    pending[noise.Next(2)].Enqueue(now += 1 + noise.Next(3));
                }

                merge.Add(cpu, [.. pending[cpu].Select(stamp => new PerfRecord(stamp, 0))]);
                pending[cpu].Clear();
            }

            merged.AddRange(Stamps(merge.EndPass()));
        }

        merge.Add(0, [.. pending[0].Select(stamp => new PerfRecord(stamp, 0))]);
        merged.AddRange(Stamps(merge.End()));
        Assert.That(merged, Is.Ordered.And.Count.GreaterThan(1500));
    }

    [Test]
    public void Events_wait_for_one_pass()
    {
        var merge = new EventMerge();
        merge.Add(1, [new PerfRecord(20, 0)]);
        Assert.That(merge.EndPass(), Is.Empty, "another CPU may have an older one");
        merge.Add(0, [new PerfRecord(10, 0), new PerfRecord(30, 0)]);
        Assert.That(Stamps(merge.EndPass()), Is.EqualTo(new ulong[] { 10, 20 }));
        Assert.That(Stamps(merge.End()), Is.EqualTo(new ulong[] { 30 }));
    }

    [Test]
    public void Equal_stamps_keep_the_order_of_their_cpu()
    {
        var merge = new EventMerge();
        merge.Add(0, [.. Enumerable.Range(0, 100).Select(i => new PerfRecord(5, (uint)i))]);
        Assert.That(merge.End().Select(merged => merged.Record.Detail), Is.Ordered);
    }

    private static IEnumerable<ulong> Stamps(MergedEvent[] events) => events.Select(merged => merged.Record.TimeNanoseconds);
}
