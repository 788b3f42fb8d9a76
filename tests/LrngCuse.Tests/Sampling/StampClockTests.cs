// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngCuse.Sampling;

namespace LrngCuse.Tests.Sampling;

/// <summary>Stamps come from the clock that moves in the finest steps.</summary>
[TestFixture]
internal sealed class StampClockTests
{
    private static readonly Tracepoint s_tracepoint = new(TimerEvent.Switch, 1, SampleLayout.Absent);

    [TestCase("tsc", ExpectedResult = StampClock.Scheduler)]
    [TestCase("kvm-clock", ExpectedResult = StampClock.Scheduler)]
    [TestCase("arch_sys_counter", ExpectedResult = StampClock.Scheduler)]
    [TestCase("hpet", ExpectedResult = StampClock.MonotonicRaw)]
    [TestCase("acpi_pm", ExpectedResult = StampClock.MonotonicRaw)]
    [TestCase("refined-jiffies", ExpectedResult = StampClock.MonotonicRaw)]
    public StampClock A_counter_that_the_kernel_trusts_is_the_best_clock(string clockSource) => StampClocks.For(clockSource);

    [Test]
    public void The_other_clock_is_asked_for_by_its_number()
    {
        Perf.perf_event_attr own = PerfAttributes.For(s_tracepoint, StampClock.Scheduler, countsLost: true);
        Perf.perf_event_attr raw = PerfAttributes.For(s_tracepoint, StampClock.MonotonicRaw, countsLost: true);
        Assert.That((own.flags.HasFlag(Perf.AttributeFlags.use_clockid), own.clockid), Is.EqualTo((false, 0)));
        Assert.That((raw.flags.HasFlag(Perf.AttributeFlags.use_clockid), raw.clockid), Is.EqualTo((true, Perf.CLOCK_MONOTONIC_RAW)));
    }
}
