// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Sampling;
using LrngEngine.Memory;
using LrngEngine.Sources.Scheduler;
using LrngEngine.Timing;

namespace LrngCuse.Tests.Sampling;

[TestFixture]
internal sealed class SourceFeedTests
{
    [Test]
    public void A_held_feed_wants_nothing_and_throws_away_what_comes_all_the_same()
    {
        using var arena = new SecretArena();
        using var divisor = new GreatestCommonDivisor(arena);
        using var source = new SchedulerSource(arena, divisor);
        var feed = new SourceFeed(source);
        Assert.That(feed.WantsRecords, Is.True);
        feed.Hold();
        feed.Hold();
        feed.Release();
        Assert.That(feed.WantsRecords, Is.False, "the other recording goes on");
        feed.Record(0, [new PerfRecord(5, 0)], creditable: true);
        Assert.That(source.Status.Details, Does.StartWith("start-up test 0 of 1024"));
        feed.Release();
        Assert.That(feed.WantsRecords, Is.True);
        feed.Record(0, [new PerfRecord(7, 0)], creditable: true);
        Assert.That(source.Status.Details, Does.StartWith("start-up test 1 of 1024"));
    }

    [Test]
    public void Two_recordings_at_once_are_a_gap_in_this_one()
    {
        using var arena = new SecretArena();
        using var divisor = new GreatestCommonDivisor(arena);
        using var source = new SchedulerSource(arena, divisor);
        var feed = new SourceFeed(source);
        Assert.That(feed.WantsEveryEvent, Is.False);
        source.RequestRecording(source.Recorder, 16);
        Assert.That(feed.WantsEveryEvent, Is.True);
        feed.EveryEventFollows();
        feed.Record(0, [new PerfRecord(5, 0), new PerfRecord(6, 0)], creditable: true);
        feed.Lose(3);
        feed.Hold();
        Assert.That(feed.WantsRecords, Is.True, "the reader is to learn of it");
        feed.Record(0, [new PerfRecord(7, 0)], creditable: true);
        Assert.That((source.Recorder.Count, source.Recorder.Overruns), Is.EqualTo((2, 4L)));
    }
}
