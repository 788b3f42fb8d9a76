// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Sampling;
using LrngEngine.Timing;
using Microsoft.Extensions.Time.Testing;

namespace LrngCuse.Tests.Sampling;

/// <summary>The way without perf events.</summary>
[TestFixture]
internal sealed class ProcInterruptsTests
{
    private const string Before = """
                   CPU0       CPU2
          8:          0          1  IO-APIC   8-edge      rtc0
         36:          0     439010 PCI-MSIX-0000:00:02.0   1-edge      virtio1-req.0
         11:         10         20  GICv3  27 Level     arch_timer
        LOC:    3975939    4457260   Local timer interrupts
        ERR:          0
        """;

    private readonly FakeTimeProvider _clock = new();
    private RecordedSink _sink;
    private string? _content;

    [SetUp]
    public void Prepare()
    {
        _sink = new RecordedSink();
        _content = Before;
    }

    [Test]
    public void A_change_is_stamped_with_its_cpu_and_is_not_creditable()
    {
        using ProcInterrupts path = Build();
        _ = path.Pass();
        _content = Before.Replace("439010", "439013", StringComparison.Ordinal);
        _ = path.Pass();
        Assert.That(_sink.Records, Has.Count.EqualTo(1));
        (int cpu, PerfRecord record, bool creditable) = _sink.Records.First();
        Assert.That((cpu, record.Detail, creditable), Is.EqualTo((2, 36U ^ (3U << 16), false)));
        Assert.That(record.TimeNanoseconds, Is.Not.Zero);
        EventStatus status = path.GetStatus();
        Assert.That(
            (status.Path, status.Reason, status.Cpus, status.Records),
            Is.EqualTo((SamplingPath.ProcInterrupts, "refused", 2, 1UL)));
    }

    [TestCase("3975939", "3975940"), TestCase("         10 ", "         11 "), TestCase("CPU2", "CPU3"), TestCase("439010", "x39010")]
    public void Timers_and_what_cannot_be_compared_are_left_out(string old, string replacement)
    {
        using ProcInterrupts path = Build();
        _ = path.Pass();
        _content = Before.Replace(old, replacement, StringComparison.Ordinal);
        _ = path.Pass();
        Assert.That(_sink.Records, Is.Empty);
    }

    [Test]
    public void A_pause_is_no_change()
    {
        using ProcInterrupts path = Build();
        _ = path.Pass();
        _sink.WantsRecords = false;
        Assert.That(path.Pass(), Is.EqualTo(PollInterval.Longest));
        _content = Before.Replace("439010", "439013", StringComparison.Ordinal);
        _sink.WantsRecords = true;
        _ = path.Pass();
        Assert.That(_sink.Records, Is.Empty);
    }

    [Test]
    public void A_file_that_cannot_be_read_shows()
    {
        using ProcInterrupts path = Build();
        _content = null;
        _ = path.Pass();
        EventStatus status = path.GetStatus();
        Assert.That((status.Path, status.Reason), Is.EqualTo((SamplingPath.None, "refused; /proc/interrupts cannot be read either")));
    }

    [Test]
    public void The_interval_follows_the_changes_and_the_cost()
    {
        var interval = new PollInterval();
        for (int i = 0; i < 20; i++)
        {
            interval.Adapt(changed: true, TimeSpan.Zero);
        }

        Assert.That(interval.Current, Is.EqualTo(PollInterval.Shortest));
        interval.Adapt(changed: true, TimeSpan.FromMilliseconds(4));
        Assert.That(interval.Current, Is.EqualTo(TimeSpan.FromMilliseconds(200)));
        for (int i = 0; i < 20; i++)
        {
            interval.Adapt(changed: false, TimeSpan.Zero);
        }

        Assert.That(interval.Current, Is.EqualTo(PollInterval.Longest));
        interval.Adapt(changed: true, TimeSpan.FromMinutes(1));
        Assert.That(interval.Current, Is.EqualTo(PollInterval.Longest));
    }

    [Test]
    public void The_file_of_this_machine_is_understood()
    {
        string? text = ProcInterrupts.ReadFile();
        if (text is null)
        {
            Assert.Ignore("/proc/interrupts cannot be read here");
        }

        Assert.That(InterruptCounts.Parse(text).Cpus, Is.Positive);
    }

    [Test]
    public void Broken_text_does_no_harm([Values(1, 2, 3, 4)] int seed)
    {
        var noise = new Noise((ulong)seed);
        InterruptCounts last = InterruptCounts.Parse(Before);
        for (int round = 0; round < 500; round++)
        {
            char[] text = Before.ToCharArray();
            for (int i = 0; i < 12; i++)
            {
                text[noise.Next((uint)text.Length)] = ":C \n\t\09-"[(int)noise.Next(8)];
            }

            InterruptCounts counts = InterruptCounts.Parse(text);
            counts.Compare(last, (_, _, _) => { });
            last = counts;
        }
    }

    private ProcInterrupts Build() => new(_sink, () => _content, new MonotonicCounter(), _clock, "refused");
}
