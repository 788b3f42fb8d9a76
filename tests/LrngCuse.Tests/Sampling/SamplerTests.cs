// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngCuse.Sampling;
using Microsoft.Extensions.Time.Testing;

namespace LrngCuse.Tests.Sampling;

/// <summary>The sampler, turn by turn, on a kernel that the test plays.</summary>
[TestFixture]
internal sealed class SamplerTests
{
    private static readonly byte[] s_interrupt36 = [.. new byte[8], .. SyntheticRing.Half(36), .. new byte[4]];

    private readonly FakeTimeProvider _clock = new();
    private ScriptedPerfCalls _kernel;
    private RecordedSink _sink;
    private string _actions;
    private int[] _online;

    [SetUp]
    public void Prepare()
    {
        _kernel = new ScriptedPerfCalls();
        _sink = new RecordedSink();
        _actions = "virtio1-req.0\n";
        _online = [0, 1];
    }

    [TearDown]
    public void CleanUp() => _kernel.Dispose();

    [Test]
    public void Records_go_to_the_sink_with_their_cpu()
    {
        using Sampler sampler = Build(TimerEvent.Interrupt);
        _ = sampler.Pass();
        _kernel.RingOf(1001).AddSample(77, 5, 6, s_interrupt36);
        _ = sampler.Pass();
        Assert.That(_sink.Records, Is.EqualTo(new[] { (1, new PerfRecord(77, 36 ^ (6U << 16)), true) }));
    }

    [Test]
    public void Events_are_off_while_nobody_wants_records()
    {
        _sink.WantsRecords = false;
        using Sampler sampler = Build(TimerEvent.Interrupt);
        Assert.That(sampler.Pass(), Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(_kernel.Enabled, Is.Empty);
        _sink.WantsRecords = true;
        _ = sampler.Pass();
        Assert.That(_kernel.Enabled, Is.EquivalentTo(new[] { 1000, 1001 }));
        _sink.WantsRecords = false;
        _ = sampler.Pass();
        Assert.That(_kernel.Enabled, Is.Empty);
        Assert.That(sampler.GetStatus()[0].Windows, Is.EqualTo(1));
    }

    [Test]
    public void Switches_are_sampled_half_of_the_time()
    {
        using Sampler sampler = Build(TimerEvent.Switch);
        for (int window = 1; window <= 3; window++)
        {
            Assert.That(sampler.Pass(), Is.EqualTo(TimeSpan.FromMilliseconds(500)));
            Assert.That((_kernel.Enabled.Count, sampler.GetStatus()[0].Windows), Is.EqualTo((2, (ulong)window)));
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            Assert.That(sampler.Pass(), Is.EqualTo(TimeSpan.FromMilliseconds(500)));
            Assert.That(_kernel.Enabled, Is.Empty);
            _clock.Advance(TimeSpan.FromMilliseconds(500));
        }
    }

    [Test]
    public void Enough_switches_end_a_window()
    {
        using Sampler sampler = Build(TimerEvent.Switch);
        _ = sampler.Pass();
        for (uint i = 0; i < 256; i++)
        {
            _kernel.RingOf(2000).AddSample(i, 1, i);
            _kernel.RingOf(2001).AddSample(i, 1, i);
        }

        _clock.Advance(TimeSpan.FromMilliseconds(100));
        _ = sampler.Pass();
        Assert.That((_kernel.Enabled.Count, _sink.Records.Count), Is.EqualTo((0, 512)));
    }

    [Test]
    public void Switches_away_from_this_program_are_left_out()
    {
        using Sampler sampler = Build(TimerEvent.Switch);
        _ = sampler.Pass();
        _kernel.RingOf(2000).AddSample(1, (uint)Environment.ProcessId, 5);
        _kernel.RingOf(2000).AddSample(2, 0, 0);
        _ = sampler.Pass();
        Assert.That(_sink.Records.Select(record => record.Record.TimeNanoseconds), Is.EqualTo(new[] { 2UL }));
        Assert.That(sampler.GetStatus()[0].Dependent, Is.EqualTo(1));
    }

    [TestCase("ata_piix,i801_smbus\n", 4), TestCase("one\n", 8), TestCase("\n", 0), TestCase("(a,b),c\n", 3)]
    public void A_shared_line_gives_one_record_an_interrupt(string actions, int records)
    {
        _actions = actions;
        using Sampler sampler = Build(TimerEvent.Interrupt);
        _ = sampler.Pass();
        for (uint i = 0; i < 8; i++)
        {
            _kernel.RingOf(1000).AddSample(i, 1, 1, s_interrupt36);
        }

        _ = sampler.Pass();
        Assert.That(_sink.Records, Has.Count.EqualTo(records));
    }

    [Test]
    public void A_storm_is_thinned_out_and_what_comes_after_it_is_not()
    {
        using Sampler sampler = Build(TimerEvent.Interrupt);
        _ = sampler.Pass();
        for (int turn = 0; turn < 3; turn++)
        {
            for (uint i = 0; i < 200; i++)
            {
                _kernel.RingOf(1000).AddSample(i, 1, 1, s_interrupt36);
            }

            _clock.Advance(TimeSpan.FromMilliseconds(10));
            _ = sampler.Pass();
        }

        Assert.That((_kernel.Periods[1000], _kernel.Periods[1001]), Is.EqualTo((8UL, 1UL)));
        Assert.That(sampler.GetStatus()[0].LargestPeriod, Is.EqualTo(8));
        for (int turn = 0; turn < 3; turn++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _ = sampler.Pass();
        }

        Assert.That(_kernel.Periods[1000], Is.EqualTo(1));
    }

    [Test]
    public void A_cpu_that_goes_away_is_closed_and_its_figures_stay()
    {
        using Sampler sampler = Build(TimerEvent.Interrupt);
        _ = sampler.Pass();
        _kernel.RingOf(1001).AddSample(9, 1, 1, s_interrupt36);
        _kernel.Events[1001] = Linux.POLLHUP;
        sampler.Wait(TimeSpan.Zero);
        EventStatus status = sampler.GetStatus()[0];
        Assert.That((status.Cpus, status.Samples, _sink.Records.Count), Is.EqualTo((1, 1UL, 1)));
        Assert.That(_kernel.OpenFiles, Is.EquivalentTo(new[] { 1000 }));
    }

    [Test]
    public void A_cpu_that_comes_is_opened_where_that_is_permitted([Values] bool permitted)
    {
        using Sampler sampler = Build(TimerEvent.Interrupt, permitted);
        _online = [0, 1, 2];
        _clock.Advance(TimeSpan.FromSeconds(10));
        _ = sampler.Pass();
        EventStatus status = sampler.GetStatus()[0];
        Assert.That(status.Cpus, Is.EqualTo(permitted ? 3 : 2));
        Assert.That(status.Reason, permitted ? Is.Empty : Does.Contain("next probe: 2"));
        Assert.That(_kernel.Enabled, Has.Count.EqualTo(status.Cpus));
    }

    [Test]
    public void Lost_and_throttled_samples_show([Values] bool kernelCounts)
    {
        _kernel.KnowsLost = kernelCounts;
        _kernel.LostCount = 3;
        using Sampler sampler = Build(TimerEvent.Interrupt);
        _ = sampler.Pass();
        _kernel.RingOf(1000).AddRecord(Perf.PERF_RECORD_LOST, [.. SyntheticRing.Word(1), .. SyntheticRing.Word(70)]);
        _kernel.RingOf(1000).AddRecord(Perf.PERF_RECORD_THROTTLE, new byte[24]);
        _kernel.RingOf(1000).AddRecord(99, new byte[24]);
        _ = sampler.Pass();
        EventStatus status = sampler.GetStatus()[0];
        Assert.That((status.Lost, status.Throttled, status.Unreadable, status.Counted),
            Is.EqualTo((kernelCounts ? 6UL : 70UL, 1UL, 1UL, 2000UL)));
    }

    [Test]
    public void A_recording_gets_switches_all_of_the_time()
    {
        using Sampler sampler = Build(TimerEvent.Switch);
        _ = sampler.Pass();
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        _ = sampler.Pass();
        Assert.That((_kernel.Enabled.Count, _sink.BegunAfter), Is.EqualTo((0, (int?)null)));
        _sink.WantsEveryEvent = true;
        Assert.That(sampler.Pass(), Is.EqualTo(TimeSpan.FromSeconds(1)), "the rest is not waited for");
        for (uint i = 0; i < 400; i++)
        {
            _kernel.RingOf(2000).AddSample(i, 1, i);
            _kernel.RingOf(2001).AddSample(i, 1, i);
        }

        _clock.Advance(TimeSpan.FromMilliseconds(10));
        _ = sampler.Pass();
        Assert.That((_kernel.Enabled.Count, _kernel.Periods[2000], _sink.Records.Count), Is.EqualTo((2, 1UL, 800)));
        _clock.Advance(TimeSpan.FromSeconds(5));
        _ = sampler.Pass();
        Assert.That(_kernel.Enabled, Has.Count.EqualTo(2));
        _sink.WantsEveryEvent = false;
        _ = sampler.Pass();
        Assert.That(_kernel.Enabled, Is.Empty, "its window is long over");
    }

    [Test]
    public void A_recording_begins_after_the_events_that_were_thinned_out()
    {
        using Sampler sampler = Build(TimerEvent.Interrupt);
        _ = sampler.Pass();
        for (uint i = 0; i < 200; i++)
        {
            _kernel.RingOf(1000).AddSample(i, 1, 1, s_interrupt36);
        }

        _clock.Advance(TimeSpan.FromMilliseconds(10));
        _ = sampler.Pass();
        Assert.That(_kernel.Periods[1000], Is.EqualTo(2));
        _kernel.RingOf(1000).AddSample(200, 1, 1, s_interrupt36);
        _sink.WantsEveryEvent = true;
        _ = sampler.Pass();
        Assert.That((_kernel.Periods[1000], _sink.BegunAfter), Is.EqualTo((1UL, 201)));
    }

    [Test]
    public void A_recording_learns_of_what_is_missing()
    {
        using Sampler sampler = Build(TimerEvent.Interrupt);
        byte[] seventy = [.. SyntheticRing.Word(1), .. SyntheticRing.Word(70)];
        _ = sampler.Pass();
        _kernel.RingOf(1000).AddRecord(Perf.PERF_RECORD_LOST, seventy);
        _ = sampler.Pass();
        Assert.That(_sink.Lost, Is.Zero);
        _sink.WantsEveryEvent = true;
        _ = sampler.Pass();
        _kernel.RingOf(1000).AddRecord(Perf.PERF_RECORD_LOST, seventy);
        _kernel.RingOf(1001).AddRecord(Perf.PERF_RECORD_THROTTLE, new byte[24]);
        _ = sampler.Pass();
        Assert.That(_sink.Lost, Is.EqualTo(71));
        _online = [0, 1, 2];
        _clock.Advance(TimeSpan.FromSeconds(10));
        _ = sampler.Pass();
        Assert.That(_sink.Lost, Is.EqualTo(72), "what the new CPU did before");
    }

    [Test]
    public void The_end_closes_everything()
    {
        Build(TimerEvent.Interrupt).Dispose();
        Assert.That(_kernel.OpenFiles, Is.Empty);
    }

    private Sampler Build(TimerEvent timerEvent, bool permitted = true)
    {
        Tracepoint tracepoint = ScriptedPerfCalls.Find(timerEvent).Item1!.Value;
        var group = new EventGroup(timerEvent, _sink, new InterruptLines(_ => _actions, _clock), _clock)
        {
            Tracepoint = permitted ? tracepoint : null,
        };
        EventRings.Open(_kernel, _clock, tracepoint, _online, out string reason).ForEach(group.Add);
        Assert.That(reason, Is.Empty);
        return new Sampler(_kernel, _clock, () => _online, [group]);
    }
}
