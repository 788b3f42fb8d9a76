// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngCuse.Recording;
using LrngCuse.Sampling;
using LrngCuse.Tests.Sampling;
using Microsoft.Extensions.Time.Testing;

namespace LrngCuse.Tests.Recording;

/// <summary>Recordings of events of a kernel that the test plays: what is a value, and what counts as a gap.</summary>
[TestFixture]
internal sealed class EventRecordingTests
{
    private const ulong Start = 1_000_000;

    private readonly FakeTimeProvider _clock = new();
    private ScriptedPerfCalls _kernel;
    private int[] _online;
    private ulong _now;

    [SetUp]
    public void Prepare()
    {
        _kernel = new ScriptedPerfCalls();
        _online = [0, 1];
        _now = Start;
    }

    [TearDown]
    public void CleanUp() => _kernel.Dispose();

    [Test]
    public void Values_are_whole_stamps_until_the_divisor_is_known()
    {
        ulong first = _now;
        (ulong[] values, RecordingGaps gaps) = Record(RawSource.Sched, 300, () => AddSwitches(50, step: 10));
        Assert.That(values[..101], Is.EqualTo(Enumerable.Range(1, 101).Select(i => first + ((ulong)i * 10))));
        Assert.That(values[101..], Is.EqualTo(Enumerable.Range(102, 199).Select(i => (ulong)(byte)((first / 10) + (ulong)i))));
        Assert.That(gaps.Any, Is.False);
    }

    [Test]
    public void Other_data_is_the_thread_that_left()
    {
        (ulong[] values, _) = Record(RawSource.SchedOther, 3, () => AddSwitches(3, step: 7));
        Assert.That(values, Is.EqualTo(new ulong[] { 100, 101, 102 }));
    }

    [Test]
    public void Windows_and_thinning_out_are_for_seeding_only()
    {
        (_, RecordingGaps gaps) = Record(RawSource.Sched, 20_000, () =>
        {
            Assert.That(_kernel.Enabled, Has.Count.LessThanOrEqualTo(2));
            AddSwitches(1000, step: 3);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        });
        Assert.That(gaps.Any, Is.False);
        Assert.That(_kernel.Periods.Values, Is.All.EqualTo(1UL));
        Assert.That(_kernel.OpenFiles, Is.Empty, "everything is closed");
    }

    [Test]
    public void What_the_kernel_lost_is_told([Values] bool kernelCounts)
    {
        _kernel.KnowsLost = kernelCounts;
        (_, RecordingGaps gaps) = Record(RawSource.Sched, 10, () =>
        {
            _kernel.LostCount = 4;
            if (_now == Start)
            {
                _kernel.RingOf(2001).AddRecord(Perf.PERF_RECORD_LOST, [.. SyntheticRing.Word(1), .. SyntheticRing.Word(5)]);
            }

            AddSwitches(10, step: 7);
        });
        Assert.That((gaps.Any, gaps.Lost), Is.EqualTo((true, kernelCounts ? 8UL : 5UL)));
        Assert.That(gaps.ToString(), Is.EqualTo(kernelCounts ? "8 lost by the kernel" : "5 lost by the kernel"));
    }

    [Test]
    public void Throttling_and_records_without_sense_are_gaps()
    {
        (_, RecordingGaps gaps) = Record(RawSource.Sched, 10, () =>
        {
            if (_now == Start)
            {
                _kernel.RingOf(2000).AddRecord(Perf.PERF_RECORD_THROTTLE, new byte[24]);
                _kernel.RingOf(2001).AddRecord(Perf.PERF_RECORD_THROTTLE, new byte[24]);
                _kernel.RingOf(2000).AddRecord(99, new byte[24]);
                _kernel.RingOf(2000).AddRecord(99, new byte[24]);
            }

            AddSwitches(10, step: 7);
        });
        Assert.That(gaps.ToString(), Is.EqualTo("2 times throttled, 2 unreadable records"));
    }

    [Test]
    public void A_cpu_that_goes_or_comes_is_a_gap([Values] bool comes)
    {
        (_, RecordingGaps gaps) = Record(RawSource.Sched, 10, () =>
        {
            if (comes)
            {
                _online = [0, 1, 2];
            }
            else
            {
                _kernel.Events[2001] = Linux.POLLHUP;
            }

            AddSwitches(5, step: 7, cpus: 1);
        });
        Assert.That(gaps.CpuChanges, Is.EqualTo(1));
        Assert.That(gaps.Any, Is.True);
    }

    [Test]
    public void Events_without_a_sample_are_told_and_no_gap()
    {
        // The scripted kernel counts 1000 on each CPU. The order of the first ten samples is settled by the next ten.
        (_, RecordingGaps gaps) = Record(RawSource.Sched, 10, () => AddSwitches(10, step: 7));
        Assert.That((gaps.Any, gaps.Unsampled), Is.EqualTo((false, 1980UL)));
    }

    [Test]
    public void A_cpu_that_is_refused_ends_it([Values] bool atOnce)
    {
        _kernel.OpenError = cpu => atOnce || cpu == 1 ? Linux.EACCES : 0;
        Assert.That(
            () => Record(RawSource.Irq, 10, () => { }),
            Throws.TypeOf<CommandException>().With.Message.Contains("cannot record irq: ").And.Message.Contains("permitted").Or.Message.Contains("privileged"));
        Assert.That(_kernel.OpenFiles, Is.Empty);
    }

    [Test]
    public void An_interruption_keeps_what_there_is()
    {
        var samples = new SampleBuffer(100);
        using EventRecording recording = Open(RawSource.Sched, samples);
        int turns = 0;
        _ = recording.Run(() =>
        {
            AddSwitches(10, step: 7);
            return ++turns == 3;
        });
        Assert.That((samples.Count, samples.IsFull), Is.EqualTo((30, false)));
    }

    private EventRecording Open(RawSource source, SampleBuffer samples) => new(
        source, samples, _kernel, ScriptedPerfCalls.Find, () => _online, clock => new InterruptLines(_ => "one", clock), _clock);

    // The kernel acts between the passes, and before the first one events are not switched on.
    private (ulong[] Values, RecordingGaps Gaps) Record(RawSource source, int count, Action kernel)
    {
        var samples = new SampleBuffer(count);
        using EventRecording recording = Open(source, samples);
        RecordingGaps gaps = recording.Run(() =>
        {
            kernel();
            return false;
        });
        return (samples.Values.ToArray(), gaps);
    }

    private void AddSwitches(int count, uint step, int cpus = 2)
    {
        for (uint i = 0; i < count; i++)
        {
            _now += step;
            _kernel.RingOf(2000 + (int)(i % cpus)).AddSample(_now, 1, 100 + i);
        }
    }
}
