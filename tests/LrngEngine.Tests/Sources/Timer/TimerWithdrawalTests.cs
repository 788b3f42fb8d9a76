// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources;

namespace LrngEngine.Tests.Sources.Timer;

/// <summary>Events that turn out not to be what the rate was set for.</summary>
[TestFixture]
internal sealed class TimerWithdrawalTests
{
    private const string Reason = "stamped by somebody else";

    [Test]
    public void Credit_that_is_withdrawn_is_gone_and_events_are_mixed_in_without()
    {
        using var fixture = new TimerFixture();
        var stream = new TimerStream();
        fixture.Started(stream);
        fixture.Source.Record(0, stream.Good(300));
        Assert.That(fixture.Source.AvailableEntropy(256), Is.EqualTo(256));

        fixture.Source.WithdrawCredit(Reason);
        Assert.That(fixture.Source.AvailableEntropy(256), Is.Zero);
        fixture.Source.Record(0, stream.Good(5000));
        byte[] slot = new byte[32];
        Assert.That(fixture.Source.GetEntropy(slot, 256), Is.Zero);
        Assert.That(slot, Has.Some.Not.Zero, "mixed in all the same");
        Assert.That((fixture.Source.Status.Credit, fixture.Source.Status.Reason), Is.EqualTo((0, Reason)));
        Assert.That(fixture.Source.TypeLines, Has.Member("Standards compliance: "));
    }

    [Test]
    public void The_reason_is_told_during_the_start_up_test_too()
    {
        using var fixture = new TimerFixture();
        fixture.Source.WithdrawCredit(Reason);
        Assert.That(fixture.Source.Status.Reason, Is.EqualTo($"start-up test is not over; {Reason}"));
    }

    [Test]
    public void A_coarse_clock_does_not_bring_the_credit_back()
    {
        using var fixture = new TimerFixture();
        fixture.Source.WithdrawCredit(Reason);
        fixture.Source.Record(0, new TimerStream(step: 5000).Good(20_000));
        Assert.That(fixture.Source.Status.Reason, Does.Contain("low-resolution clock"));
        Assert.That((fixture.Source.AvailableEntropy(256), fixture.Pull()), Is.EqualTo((0, 0)));
    }

    [Test]
    public void The_first_reason_stays()
    {
        using var fixture = new TimerFixture();
        fixture.Source.WithdrawCredit(Reason);
        fixture.Source.WithdrawCredit("another one");
        Assert.That(fixture.Source.Status.Reason, Does.EndWith(Reason));
    }

    [Test]
    public void A_failed_source_stays_failed()
    {
        using var fixture = new TimerFixture();
        fixture.Source.Record(0, new TimerStream().Standing(61));
        fixture.Source.WithdrawCredit(Reason);
        Assert.That(fixture.Source.Status.State, Is.EqualTo(SourceState.Failed));
        Assert.That(fixture.Source.Status.Reason, Does.StartWith("permanent failure: "));
    }

    [Test]
    public void What_is_mixed_in_changes_the_seed_and_counts_for_nothing()
    {
        byte[] without = Seed(_ => { });
        Assert.That(Seed(_ => { }), Is.EqualTo(without), "the same events give the same seed");
        Assert.That(Seed(source => source.Mix(0, new TimerStream(seed: 7).Good(100))), Is.Not.EqualTo(without));
    }

    [Test]
    public void What_belongs_to_no_pool_is_not_mixed_in([Values(-1, 3, 4096)] int cpu)
    {
        byte[] without = Seed(_ => { });
        Assert.That(Seed(source => source.Mix(cpu, new TimerStream(seed: 7).Good(100))), Is.EqualTo(without));
    }

    private static byte[] Seed(Action<TimerSource> mix)
    {
        using var fixture = new TimerFixture();
        var stream = new TimerStream();
        fixture.Started(stream);
        fixture.Source.Record(0, stream.Good(100));
        mix(fixture.Source);
        byte[] seed = new byte[32];
        Assert.That(fixture.Source.GetEntropy(seed, 256), Is.EqualTo(100));
        return seed;
    }
}
