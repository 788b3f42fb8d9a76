// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using Microsoft.Extensions.Time.Testing;

namespace LrngCuse.Tests.Device;

[TestFixture]
internal sealed class RateLimitTests
{
    private const string Key = "a";

    private readonly FakeTimeProvider _clock = new();

    [Test]
    public void A_second_s_worth_is_there_at_once_and_then_one_each_period()
    {
        var limit = new RateLimit<string>(4, _clock);
        for (int i = 0; i < 4; i++)
        {
            Assert.That(limit.WaitFor(Key), Is.EqualTo(TimeSpan.Zero), $"charge {i}");
            limit.Charge(Key);
        }

        Assert.That(limit.WaitFor(Key), Is.EqualTo(TimeSpan.FromMilliseconds(250)));
        _clock.Advance(TimeSpan.FromMilliseconds(249));
        Assert.That(limit.WaitFor(Key), Is.EqualTo(TimeSpan.FromMilliseconds(1)));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(limit.WaitFor(Key), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Who_was_away_for_long_has_no_more_than_a_second_s_worth()
    {
        var limit = new RateLimit<string>(2, _clock);
        limit.Charge(Key);
        _clock.Advance(TimeSpan.FromHours(1));
        limit.Charge(Key);
        limit.Charge(Key);
        Assert.That(limit.WaitFor(Key), Is.EqualTo(TimeSpan.FromMilliseconds(500)));
    }

    [Test]
    public void Keys_do_not_share()
    {
        var limit = new RateLimit<string>(1, _clock);
        limit.Charge(Key);
        Assert.That((limit.WaitFor(Key), limit.WaitFor("b")), Is.EqualTo((TimeSpan.FromSeconds(1), TimeSpan.Zero)));
    }

    // However many keys come by: those of the last second are kept, and as many again before they are swept.
    [Test]
    public void Full_buckets_are_not_kept()
    {
        var limit = new RateLimit<int>(1, _clock);
        for (int key = 0; key < 100_000; key++)
        {
            limit.Charge(key);
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            Assert.That(limit.Kept, Is.LessThanOrEqualTo(2 * 100));
        }
    }
}
