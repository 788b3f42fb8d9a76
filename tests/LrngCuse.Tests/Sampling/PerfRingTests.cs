// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngCuse.Sampling;

namespace LrngCuse.Tests.Sampling;

/// <summary>The reader of perf's ring buffers, on memory made by the test.</summary>
[TestFixture]
internal sealed unsafe class PerfRingTests
{
    private const int IrqOffset = 8;

    private static readonly SampleLayout s_plain =
        new(Perf.PERF_SAMPLE_TIME | Perf.PERF_SAMPLE_TID | Perf.PERF_SAMPLE_CPU, SampleLayout.Absent);
    private static readonly SampleLayout s_raw =
        new(Perf.PERF_SAMPLE_TIME | Perf.PERF_SAMPLE_TID | Perf.PERF_SAMPLE_CPU | Perf.PERF_SAMPLE_RAW, IrqOffset);

    [Test]
    public void A_sample_gives_its_time_thread_and_field()
    {
        using var memory = new SyntheticRing();
        memory.AddSample(12345, 7, 8, [.. new byte[IrqOffset], .. SyntheticRing.Half(36), .. new byte[20]]);
        var samples = new PerfSample[4];
        Assert.That(memory.Reader(s_raw).Read(samples), Is.EqualTo(1));
        Assert.That(samples[0], Is.EqualTo(new PerfSample(12345, 7, 8, 36)));
        Assert.That(memory.Page->data_tail, Is.EqualTo(memory.Page->data_head));
    }

    [Test]
    public void An_instruction_pointer_in_front_moves_the_others()
    {
        using var memory = new SyntheticRing();
        memory.AddRecord(Perf.PERF_RECORD_SAMPLE, [.. SyntheticRing.Word(0xffff_ffff), .. SyntheticRing.Word(99)]);
        var samples = new PerfSample[1];
        var layout = new SampleLayout(Perf.PERF_SAMPLE_IP | Perf.PERF_SAMPLE_TIME, SampleLayout.Absent);
        Assert.That(memory.Reader(layout).Read(samples), Is.EqualTo(1));
        Assert.That(samples[0].TimeNanoseconds, Is.EqualTo(99));
    }

    [Test]
    public void Records_wrap_around_the_end_at_every_place()
    {
        // Starts just below the end, and where the count itself overflows.
        foreach (ulong start in (ulong[])[0, SyntheticRing.PageBytes - 8, SyntheticRing.PageBytes - 40, ulong.MaxValue - 63])
        {
            using var memory = new SyntheticRing(start: start);
            PerfRing reader = memory.Reader(s_raw);
            var samples = new PerfSample[3];
            for (uint i = 0; i < 2000; i++)
            {
                memory.AddSample(i, 1, i, [.. new byte[IrqOffset], .. SyntheticRing.Half(i * 3), .. new byte[i % 40]]);
                Assert.That(reader.Read(samples), Is.EqualTo(1));
                Assert.That(samples[0], Is.EqualTo(new PerfSample(i, 1, i, i * 3)));
            }

            Assert.That((memory.Tally.Samples, memory.Tally.Broken), Is.EqualTo((2000UL, 0UL)));
        }
    }

    [Test]
    public void A_field_that_is_not_aligned_is_read_across_the_end()
    {
        using var memory = new SyntheticRing(start: SyntheticRing.PageBytes - 40);
        var layout = new SampleLayout(s_raw.SampleType, rawField: 1);
        memory.AddSample(5, 1, 2, [0, 0x11, 0x22, 0x33, 0x44, 0, 0, 0]);
        var samples = new PerfSample[1];
        Assert.That(memory.Reader(layout).Read(samples), Is.EqualTo(1));
        Assert.That(samples[0].RawField, Is.EqualTo(0x44332211));
    }

    [Test]
    public void A_batch_leaves_the_rest_for_the_next()
    {
        using var memory = new SyntheticRing();
        PerfRing reader = memory.Reader(s_plain);
        for (uint i = 0; i < 5; i++)
        {
            memory.AddSample(i, 1, 1);
        }

        var samples = new PerfSample[2];
        Assert.That(reader.Read(samples), Is.EqualTo(2));
        Assert.That(memory.Page->data_head - memory.Page->data_tail, Is.EqualTo(3 * 32), "room is given back for what was taken only");
        Assert.That((reader.Read(samples), samples[0].TimeNanoseconds), Is.EqualTo((2, 2UL)));
        Assert.That((reader.Read(samples), reader.Read(samples)), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Lost_samples_throttling_and_unknown_records_are_counted()
    {
        using var memory = new SyntheticRing();
        memory.AddRecord(Perf.PERF_RECORD_LOST, [.. SyntheticRing.Word(1), .. SyntheticRing.Word(70)]);
        memory.AddRecord(Perf.PERF_RECORD_LOST_SAMPLES, SyntheticRing.Word(5));
        memory.AddRecord(Perf.PERF_RECORD_THROTTLE, new byte[24]);
        memory.AddRecord(Perf.PERF_RECORD_UNTHROTTLE, new byte[24]);
        memory.AddRecord(4711, new byte[16]);
        memory.AddSample(1, 1, 1);
        var samples = new PerfSample[4];
        Assert.That(memory.Reader(s_plain).Read(samples), Is.EqualTo(1));
        RingTally tally = memory.Tally;
        Assert.That((tally.LostRecords, tally.Throttled, tally.Unknown, tally.Broken), Is.EqualTo((75UL, 1UL, 1UL, 0UL)));
    }

    [Test]
    public void A_record_that_is_too_short_for_its_kind_is_no_sample()
    {
        using var memory = new SyntheticRing();
        memory.AddRecord(Perf.PERF_RECORD_SAMPLE, new byte[16]);
        memory.AddRecord(Perf.PERF_RECORD_LOST, new byte[8]);
        memory.AddSample(3, 1, 1);
        var samples = new PerfSample[4];
        Assert.That(memory.Reader(s_plain).Read(samples), Is.EqualTo(1));
        Assert.That((samples[0].TimeNanoseconds, memory.Tally.Broken), Is.EqualTo((3UL, 2UL)));
    }

    [TestCase(0), TestCase(4), TestCase(12), TestCase(4096), TestCase(65528)]
    public void A_header_that_makes_no_sense_empties_the_buffer(int size)
    {
        using var memory = new SyntheticRing();
        memory.AddRecord(Perf.PERF_RECORD_SAMPLE, new byte[24], (ushort)size);
        memory.AddSample(3, 1, 1);
        PerfRing reader = memory.Reader(s_plain);
        var samples = new PerfSample[4];
        Assert.That((reader.Read(samples), memory.Tally.Broken), Is.EqualTo((0, 1UL)));
        memory.AddSample(4, 1, 1);
        Assert.That((reader.Read(samples), samples[0].TimeNanoseconds), Is.EqualTo((1, 4UL)), "it goes on with what comes next");
    }

    [Test]
    public void A_raw_record_that_is_shorter_than_its_field_gives_no_field()
    {
        using var memory = new SyntheticRing();
        memory.AddSample(3, 1, 1, new byte[8]);
        var samples = new PerfSample[1];
        Assert.That(memory.Reader(s_raw).Read(samples), Is.EqualTo(1));
        Assert.That(samples[0].RawField, Is.Zero);
    }

    [Test]
    public void Garbage_never_keeps_the_reader_busy_or_leads_it_outside([Values(1, 2, 3, 4, 5, 6, 7, 8)] int seed)
    {
        // A reader that leaves the buffer reads other memory: the guard is the mask, and a crash would end the run.
        var noise = new Noise((ulong)seed);
        var samples = new PerfSample[64];
        for (int round = 0; round < 400; round++)
        {
            using var memory = new SyntheticRing();
            for (int i = 0; i < memory.DataBytes; i++)
            {
                // Small numbers make headers that are nearly right.
                memory.Data[i] = (byte)(noise.Next(3) == 0 ? noise.Next(256) : noise.Next(2) * 8);
            }

            PerfRing reader = memory.Reader(round % 2 == 0 ? s_plain : s_raw);
            for (int turn = 0; turn < 20; turn++)
            {
                memory.Page->data_head = round % 4 == 3 ? noise.NextWord() : memory.Page->data_head + noise.Next(SyntheticRing.PageBytes);
                int reads = 0;
                while (reader.Read(samples) == samples.Length)
                {
                    reads++;
                }

                Assert.That(reads, Is.LessThan(SyntheticRing.PageBytes / 8));
                Assert.That(memory.Page->data_tail, Is.EqualTo(memory.Page->data_head));
            }
        }
    }

    [Test]
    public void A_layout_of_fields_that_are_not_parsed_is_refused()
    {
        const ulong Callchain = 1 << 5;
        Assert.That(() => new SampleLayout(Perf.PERF_SAMPLE_TIME | Callchain, SampleLayout.Absent), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => new SampleLayout(Perf.PERF_SAMPLE_TID, SampleLayout.Absent), Throws.InstanceOf<ArgumentException>());
    }
}
