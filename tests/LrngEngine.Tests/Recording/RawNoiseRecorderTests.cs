// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Recording;

namespace LrngEngine.Tests.Recording;

[TestFixture]
internal sealed class RawNoiseRecorderTests
{
    [Test]
    public void Nothing_is_diverted_until_started()
    {
        var recorder = new RawNoiseRecorder(4);
        Assert.That(recorder.TryRecord(1), Is.False);
        Assert.That(recorder.IsActive, Is.False);
        recorder.Start();
        Assert.That(recorder.IsActive, Is.True);
        Assert.That(recorder.TryRecord(2), Is.True);
        recorder.Stop();
        Assert.That(recorder.IsActive, Is.False);
        Assert.That(recorder.TryRecord(3), Is.False);
        Assert.That(Drain(recorder), Is.EqualTo(new ulong[] { 2 }));
    }

    [Test]
    public void Records_the_first_values_after_a_start_of_the_machine()
    {
        var recorder = new RawNoiseRecorder(4, active: true);
        Assert.That(recorder.TryRecord(1), Is.True);
        Assert.That(Drain(recorder), Is.EqualTo(new ulong[] { 1 }));
    }

    [Test]
    public void A_full_queue_keeps_the_oldest_and_counts_the_lost()
    {
        var recorder = new RawNoiseRecorder(4, active: true);
        for (ulong value = 0; value < 7; value++)
        {
            Assert.That(recorder.TryRecord(value), Is.True, "lost values must not be used for seeding either");
        }

        Assert.That(recorder.Overruns, Is.EqualTo(3));
        Assert.That(Drain(recorder), Is.EqualTo(new ulong[] { 0, 1, 2, 3 }));
        Assert.That(recorder.TryRecord(7), Is.True);
        Assert.That(Drain(recorder), Is.Empty, "what comes after a gap does not follow what was read");
        Assert.That(recorder.Overruns, Is.EqualTo(4));
        recorder.Start();
        Assert.That(recorder.Overruns, Is.Zero);
        Assert.That(recorder.TryRecord(8), Is.True);
        Assert.That(Drain(recorder), Is.EqualTo(new ulong[] { 8 }));
    }

    [Test]
    public void Values_that_did_not_come_end_the_run()
    {
        var recorder = new RawNoiseRecorder(4);
        recorder.Lose(1);
        Assert.That(recorder.Overruns, Is.Zero, "nobody recorded");
        recorder.Start();
        _ = recorder.TryRecord(1);
        recorder.Lose(2);
        Assert.That(recorder.TryRecord(2), Is.True);
        Assert.That((recorder.Count, recorder.Overruns), Is.EqualTo((1, 3L)));
    }

    [Test]
    public void A_recording_that_was_asked_for_begins_later()
    {
        var recorder = new RawNoiseRecorder(1);
        recorder.StartRequested();
        Assert.That((recorder.IsWanted, recorder.IsActive), Is.EqualTo((false, false)));
        recorder.Request(2);
        Assert.That((recorder.IsWanted, recorder.TryRecord(1)), Is.EqualTo((true, false)));
        recorder.StartRequested();
        Assert.That(recorder.TryRecord(2) && recorder.TryRecord(3), Is.True);
        recorder.StartRequested();
        Assert.That((recorder.Count, recorder.Overruns), Is.EqualTo((2, 0L)), "it did not begin again, and has the room asked for");
        recorder.Stop();
        recorder.Request(2);
        recorder.Stop();
        recorder.StartRequested();
        Assert.That((recorder.IsWanted, recorder.IsActive), Is.EqualTo((false, false)), "the request was taken back");
    }

    [Test]
    public void A_look_leaves_the_values_for_the_next_one()
    {
        var recorder = new RawNoiseRecorder(4, active: true);
        _ = recorder.TryRecord(1);
        _ = recorder.TryRecord(2);
        ulong[] values = new ulong[3];
        Assert.That((recorder.Peek(values), recorder.Peek(values.AsSpan(1))), Is.EqualTo((2, 2)));
        recorder.Skip(1);
        Assert.That(Drain(recorder), Is.EqualTo(new ulong[] { 2 }));
        Assert.That(() => recorder.Skip(1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [FsCheck.NUnit.Property(Replay = "20260101,7")]
    public bool Behaves_as_a_bounded_queue(short[] steps)
    {
        var recorder = new RawNoiseRecorder(8, active: true);
        var model = new Queue<ulong>();
        long lost = 0;
        var values = new ulong[5];
        foreach (short step in steps)
        {
            if (step % 3 != 0)
            {
                _ = recorder.TryRecord((ulong)step);
                if (lost > 0 || model.Count == 8)
                {
                    lost++;
                }
                else
                {
                    model.Enqueue((ulong)step);
                }

                continue;
            }

            int read = recorder.Read(values);
            if (read != Math.Min(5, model.Count) || !values[..read].All(value => value == model.Dequeue()))
            {
                return false;
            }
        }

        return recorder.Overruns == lost;
    }

    private static ulong[] Drain(RawNoiseRecorder recorder)
    {
        var values = new ulong[16];
        return values[..recorder.Read(values)];
    }
}
