// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;
using LrngCuse.Copies;
using LrngCuse.Sampling;

namespace LrngCuse.Tests.Copies;

/// <summary>By what a copied machine is known. What comes of it is looked at in a kernel whose clock may be set.</summary>
[TestFixture]
internal sealed class CopyWatchTests
{
    private const string Event = "change@/devices/platform/QEMUVGID:00\0ACTION=change\0SUBSYSTEM=acpi\0{0}SEQNUM=1234\0";

    [TestCase("NEW_VMGENID=1\0", true)]
    [TestCase("NEW_VMGENID=\0", true)]
    [TestCase("", false)]
    [TestCase("OLD=NEW_VMGENID=1\0", false)]
    [TestCase("NEW_VMGENIDS=1\0", false)]
    public void An_event_with_a_new_generation_identifier(string variable, bool copied) =>
        Assert.That(
            KernelEvents.SaysCopied(Encoding.ASCII.GetBytes(Event.Replace("{0}", variable, StringComparison.Ordinal))),
            Is.EqualTo(copied));

    [Test]
    public void No_event_at_all() => Assert.That(KernelEvents.SaysCopied([]), Is.False);

    [Test]
    public void Only_steps_count()
    {
        TimeSpan difference = TimeSpan.FromDays(20000);
        var steps = new ClockSteps(() => difference);
        Assert.That(steps.Take(), Is.EqualTo(TimeSpan.Zero), "set to what it was");
        difference += TimeSpan.FromMilliseconds(999);
        Assert.That(steps.Take(), Is.EqualTo(TimeSpan.Zero));
        difference += TimeSpan.FromSeconds(1);
        Assert.That(steps.Take(), Is.EqualTo(TimeSpan.FromSeconds(1)));
        difference -= TimeSpan.FromHours(3);
        Assert.That(steps.Take(), Is.EqualTo(TimeSpan.FromHours(-3)));
        Assert.That(steps.Take(), Is.EqualTo(TimeSpan.Zero), "told once");
    }

    [TestCase("1", "3", "a:kernel-events:b", 4)]
    [TestCase("1", "1", "a:kernel-events", null)]
    [TestCase("2", "3", "a:kernel-events:b", null)]
    [TestCase("1", "x", "kernel-events", null)]
    [TestCase(null, null, null, null)]
    public void A_descriptor_that_was_handed_over_is_found_by_its_name(string? process, string? count, string? names, int? expected)
    {
        string? Variable(string name) => name switch
        {
            "LISTEN_PID" => process,
            "LISTEN_FDS" => count,
            "LISTEN_FDNAMES" => names,
            _ => null,
        };

        Assert.That(HandedOverEvents.FindFile(KernelEvents.HandedOverName, Variable, processId: 1), Is.EqualTo(expected));
    }

    // The kernel's own events, to which everybody may listen.
    [Test]
    public void Events_of_the_kernel_are_received_without_waiting()
    {
        using KernelEvents? events = KernelEvents.Open(out int errno);
        Assert.That(events, Is.Not.Null, $"errno {errno}");
        Assert.That(events!.TakeCopied(), Is.False);
    }

    [Test]
    public void The_timer_of_a_clock_that_is_not_set_stays_silent()
    {
        using ClockTimer? timer = ClockTimer.Open(out int errno);
        Assert.That(timer, Is.Not.Null, $"errno {errno}");
        Assert.That(LrngCuse.Interop.Perf.Poll([new Tmds.Linux.pollfd { fd = timer!.File, events = 1 }], TimeSpan.Zero), Is.Zero);
        Assert.That(ClockTimer.Difference(), Is.GreaterThan(TimeSpan.FromDays(365 * 50)));
    }
}
