// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngCuse.Sampling;
using Microsoft.Extensions.Time.Testing;

namespace LrngCuse.Tests.Sampling;

/// <summary>Opening and mapping where the kernel refuses some of it.</summary>
[TestFixture]
internal sealed class EventRingsTests
{
    private static readonly Tracepoint s_tracepoint = new(TimerEvent.Interrupt, ScriptedPerfCalls.InterruptId, 8);

    private ScriptedPerfCalls _kernel;

    [SetUp]
    public void Prepare() => _kernel = new ScriptedPerfCalls();

    [TearDown]
    public void CleanUp() => _kernel.Dispose();

    [Test]
    public void A_cpu_that_goes_offline_meanwhile_is_left_out([Values(Linux.ENODEV, Linux.ENXIO)] int error)
    {
        _kernel.OpenError = cpu => cpu == 1 ? error : 0;
        List<EventRing> rings = Open(out string reason);
        Assert.That((rings.Select(ring => ring.Cpu), reason), Is.EqualTo((new[] { 0, 2 }, "")));
        rings.ForEach(ring => ring.Dispose());
    }

    [TestCase(Linux.EMFILE, "too many open files"), TestCase(Linux.EACCES, "perf_event_")]
    [TestCase(Linux.ENOENT, "does not know the tracepoint"), TestCase(Linux.ENOSYS, "no perf events")]
    public void A_refusal_is_told_and_what_was_opened_before_it_serves(int error, string words)
    {
        _kernel.OpenError = cpu => cpu == 2 ? error : 0;
        List<EventRing> rings = Open(out string reason);
        Assert.That(rings, Has.Count.EqualTo(2));
        Assert.That(reason, Does.Contain(words));
        rings.ForEach(ring => ring.Dispose());
    }

    [Test]
    public void A_small_limit_gives_small_buffers()
    {
        _kernel.MapError = bytes => bytes > 3 * SyntheticRing.PageBytes ? Linux.EPERM : 0;
        List<EventRing> rings = Open(out string reason);
        Assert.That((rings.Count, reason), Is.EqualTo((3, "")));
        Assert.That(_kernel.RingOf(1000).DataBytes, Is.EqualTo(2 * SyntheticRing.PageBytes));
        rings.ForEach(ring => ring.Dispose());
    }

    [TestCase(Linux.EPERM, "perf_event_mlock_kb"), TestCase(Linux.ENOMEM, "no memory"), TestCase(Linux.EINVAL, "mapping")]
    public void Refused_buffers_leave_no_descriptor_open(int error, string words)
    {
        _kernel.MapError = _ => error;
        Assert.That(Open(out string reason), Is.Empty);
        Assert.That(reason, Does.Contain(words));
        Assert.That(_kernel.OpenFiles, Is.Empty);
    }

    [Test]
    public void A_kernel_without_the_lost_count_is_opened_without_it()
    {
        _kernel.KnowsLost = false;
        List<EventRing> rings = Open(out string reason);
        Assert.That((rings.Count, reason), Is.EqualTo((3, "")));
        rings.ForEach(ring => ring.Dispose());
    }

    [TestCase("2\n", "perf_event_paranoid is 2"), TestCase("-1\n", "system call filter"), TestCase("", "system call filter")]
    public void A_missing_privilege_says_which(string paranoid, string words) =>
        Assert.That(PerfRefusal.ForOpen(Linux.EACCES, paranoid), Does.Contain(words));

    private List<EventRing> Open(out string reason) =>
        EventRings.Open(_kernel, new FakeTimeProvider(), s_tracepoint, [0, 1, 2], out reason);
}
