// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Transports;
using Microsoft.Extensions.Time.Testing;

namespace LrngCuse.Tests.Transports;

[TestFixture]
internal sealed class LeadPolicyTests
{
    private const ulong Long = 128 * 1024;

    [Test]
    public void Short_reads_never_hand_on()
    {
        var policy = new LeadPolicy(new FakeTimeProvider());
        for (ulong reader = 1; reader < 10; reader++)
        {
            Assert.That(policy.HandsOn(reader, 4096), Is.False);
        }
    }

    [Test]
    public void A_lone_reader_keeps_its_thread_and_a_second_one_gets_another()
    {
        var clock = new FakeTimeProvider();
        var policy = new LeadPolicy(clock);
        Assert.That(policy.HandsOn(7, Long), Is.False, "nobody else was seen");
        Assert.That(policy.HandsOn(7, Long), Is.False);
        Assert.That(policy.HandsOn(8, Long), Is.True);
        Assert.That(policy.HandsOn(7, Long), Is.True);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(policy.HandsOn(7, Long), Is.False, "the second reader is gone");
    }

    [Test]
    public void Any_number_is_a_reader()
    {
        var policy = new LeadPolicy(new FakeTimeProvider());
        Assert.That(policy.HandsOn(0, Long), Is.False, "nobody else was seen");
        Assert.That(policy.HandsOn(1UL << 63, Long), Is.True);
        Assert.That(policy.HandsOn(0, Long), Is.True);
    }
}
