// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;

namespace LrngCuse.Tests.Device;

[TestFixture]
internal sealed class RequestTallyTests
{
    [Test]
    public void A_read_is_counted_in_the_bucket_of_the_first_bound_that_it_does_not_exceed()
    {
        var tally = new RequestTally();
        foreach (double bound in RequestTally.BoundsSeconds)
        {
            tally.Add(Mode(DeviceNode.Random), TimeSpan.FromSeconds(bound));
        }

        tally.Add(Mode(DeviceNode.Random), TimeSpan.FromSeconds(RequestTally.BoundsSeconds[^1]) + TimeSpan.FromTicks(1));
        RequestCount count = tally.Read().Single(count => count.Mode == "blocking");
        Assert.That(count.Buckets, Has.Count.EqualTo(RequestTally.BoundsSeconds.Count + 1).And.All.EqualTo(1));
        Assert.That(count.Seconds, Is.EqualTo(RequestTally.BoundsSeconds.Sum() + RequestTally.BoundsSeconds[^1]).Within(1e-6));
    }

    [Test]
    public void Each_way_to_read_is_counted_for_itself()
    {
        var tally = new RequestTally();
        tally.Add(Mode(DeviceNode.Random), TimeSpan.Zero);
        tally.Add(Mode(DeviceNode.Random, nonBlocking: true), TimeSpan.Zero);
        tally.Add(Mode(DeviceNode.Random, nonBlocking: true, predictionResistant: true), TimeSpan.Zero);
        tally.Add(Mode(DeviceNode.Urandom, nonBlocking: true, predictionResistant: true), TimeSpan.Zero);
        Assert.That(
            tally.Read().Select(count => (count.Mode, count.Buckets.Sum())),
            Is.EqualTo(new[] { ("blocking", 1L), ("nonblocking", 1L), ("prediction_resistant", 1L), ("urandom", 1L) }));
    }

    [Test]
    public void Threads_lose_no_count()
    {
        var tally = new RequestTally();
        Thread[] threads = [.. Enumerable.Range(0, 40).Select(_ => new Thread(() => Count(tally, 1000)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.That(tally.Read()[0].Buckets.Sum(), Is.EqualTo(40_000));
    }

    private static void Count(RequestTally tally, int times)
    {
        for (int i = 0; i < times; i++)
        {
            tally.Add(Mode(DeviceNode.Random), TimeSpan.FromMicroseconds(2));
        }
    }

    private static ReadMode Mode(DeviceNode node, bool nonBlocking = false, bool predictionResistant = false) =>
        new(node, 16, nonBlocking, predictionResistant);
}
