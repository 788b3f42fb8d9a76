// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources;
using LrngEngine.Timing;

namespace LrngEngine.Tests.Sources.Timer;

/// <summary>Recordings of a timer-based source other than that of its values.</summary>
[TestFixture]
internal sealed class TimerRecordersTests
{
    [Test]
    public void Other_data_goes_to_the_recording_and_not_to_the_array()
    {
        using var fixture = new TimerFixture();
        fixture.Source.OtherRecorder.Start();
        fixture.Source.ArrayRecorder.Start();
        fixture.Source.Record(0, [new TimerRecord(10, 7), new TimerRecord(21, 0), new TimerRecord(33, 0xffffffff)]);
        Assert.That(Drain(fixture.Source.OtherRecorder, 10), Is.EqualTo(new ulong[] { 7, 0, 0xffffffff }));

        // 253 stamps of 32 bits more fill an array of 1024 slots, if nothing else goes into it.
        fixture.Source.Record(0, Stamps(253, first: 100));
        Assert.That(Drain(fixture.Source.ArrayRecorder, 300), Is.Empty, "101 whole stamps, and 155 slots");
        fixture.Source.Record(0, Stamps(1024 - (4 * 101) - 155, first: 1000));
        Assert.That(Drain(fixture.Source.ArrayRecorder, 300)[..3], Is.EqualTo(new ulong[] { 10, 21, 33 }));
    }

    [Test]
    public void An_array_is_recorded_when_it_is_full_and_its_events_are_not_counted()
    {
        using var fixture = new TimerFixture(new TimerSourceOptions { EventsPer256Bits = 256, Slots = 64 });
        fixture.Source.ArrayRecorder.Start();
        TimerRecord[] events = Stamps(16, first: 1);
        fixture.Source.Record(0, events.AsSpan(0, 15));
        Assert.That(Drain(fixture.Source.ArrayRecorder, 100), Is.Empty);
        fixture.Source.Record(0, events.AsSpan(15));
        Assert.That(Drain(fixture.Source.ArrayRecorder, 100), Is.EqualTo(events.Select(record => record.Stamp)));
        Assert.That(fixture.Details, Does.Contain(" events, events 0,"));
    }

    [Test]
    public void Without_a_recording_the_same_events_count()
    {
        using var fixture = new TimerFixture(new TimerSourceOptions { EventsPer256Bits = 256, Slots = 64 });
        fixture.Source.Record(0, Stamps(16, first: 1));
        Assert.That(fixture.Details, Does.Not.Contain("events 0,"));
    }

    [Test]
    public void Each_event_has_its_cost_and_is_taken_all_the_same()
    {
        using var fixture = new TimerFixture(new TimerSourceOptions { EventsPer256Bits = 256, Counter = new Squares() });
        fixture.Source.CostRecorder.Start();
        fixture.Source.Record(0, Stamps(3, first: 1));

        // Readings 0 and 1, 4 and 9, 16 and 25.
        Assert.That(Drain(fixture.Source.CostRecorder, 10), Is.EqualTo(new ulong[] { 1, 5, 9 }));
        Assert.That(fixture.Details, Does.StartWith("start-up test 3 of 1024 events,"));
    }

    [Test]
    public void Who_records_wants_events_of_full_pools()
    {
        using TimerFixture fixture = new TimerFixture().Started();
        var stream = new TimerStream(seed: 77);
        for (int i = 0; i < 1000 && fixture.Source.WantsEvents; i++)
        {
            fixture.Source.Record(0, stream.Good(1024));
        }

        int told = 0;
        fixture.Source.EventsWanted += (_, _) => told++;
        Assert.That((fixture.Source.WantsEvents, fixture.Source.WantsEventsOf(0)), Is.EqualTo((false, false)));
        fixture.Source.RequestRecording(fixture.Source.Recorder, 16);
        Assert.That((fixture.Source.WantsEvents, fixture.Source.WantsEventsOf(0), told), Is.EqualTo((true, true, 1)));
        fixture.Source.Recorder.Stop();
        Assert.That(fixture.Source.WantsEvents, Is.False);
    }

    [Test]
    public void Only_recordings_are_told_of_and_lose_events()
    {
        using var fixture = new TimerFixture();
        int told = 0;
        fixture.Source.Recorded += (_, _) => told++;
        fixture.Source.Record(0, Stamps(3, first: 1));
        fixture.Source.LoseEvents(5);
        Assert.That(told, Is.Zero);
        fixture.Source.RequestRecording(fixture.Source.OtherRecorder, 16);
        fixture.Source.Record(0, Stamps(3, first: 1000));
        Assert.That(fixture.Source.OtherRecorder.Count, Is.Zero, "not every event was brought");
        fixture.Source.StartRecordings();
        fixture.Source.Record(0, Stamps(3, first: 2000));
        fixture.Source.LoseEvents(5);
        Assert.That((fixture.Source.OtherRecorder.Count, fixture.Source.OtherRecorder.Overruns, told), Is.EqualTo((3, 5L, 3)));
        Assert.That(fixture.Source.Recorder.IsActive, Is.False);
    }

    // Strides that change, so that no event is stuck and the divisor is 1.
    private static TimerRecord[] Stamps(int count, ulong first) =>
        [.. Enumerable.Range(0, count).Select(i => new TimerRecord(first + (ulong)(i * i * i) + (ulong)i))];

    private static ulong[] Drain(LrngEngine.Recording.RawNoiseRecorder recorder, int room)
    {
        ulong[] values = new ulong[room];
        return values[..recorder.Read(values)];
    }

    private sealed class Squares : CycleCounter
    {
        private ulong _readings;

        public override ulong Read() => _readings * _readings++;
    }
}
