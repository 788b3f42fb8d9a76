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
        recorder.Start();
        Assert.That(recorder.Overruns, Is.Zero);
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
                lost += model.Count == 8 ? 1 : 0;
                if (model.Count < 8)
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
