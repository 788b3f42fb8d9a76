// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources;

namespace LrngEngine.Tests.Sources;

[TestFixture]
internal sealed class EntropyMathTests
{
    [TestCase(16, 384, 24)]
    [TestCase(8, 384, 12)]
    [TestCase(300, 256, 256)]
    [TestCase(0, 256, 0)]
    [TestCase(1, 255, 0)]
    [TestCase(long.MaxValue, 256, 256)]
    public void Fast_level_is_the_smaller_of_rate_times_request_and_request(long rate, int request, int level) =>
        Assert.That(EntropyMath.FastLevel(rate, request), Is.EqualTo(level));

    [Test]
    public void Conversions_do_not_wrap_where_32_bits_would()
    {
        Assert.That(EntropyMath.EventsFor(512, uint.MaxValue), Is.EqualTo(2L * uint.MaxValue));
        Assert.That(EntropyMath.BitsFor(1L << 24, 256), Is.EqualTo(1L << 24));
        Assert.That(EntropyMath.EventsFor(long.MaxValue, long.MaxValue), Is.EqualTo(long.MaxValue));
        Assert.That(EntropyMath.BitsFor(long.MaxValue, 1), Is.EqualTo(long.MaxValue));
    }

    [TestCase(63, 64, 0)]
    [TestCase(64, 64, 0)]
    [TestCase(320, 64, 256)]
    [TestCase(100, 0, 100)]
    public void Reduce_takes_the_surplus_off(int bits, int oversampling, int left) =>
        Assert.That(EntropyMath.Reduce(bits, oversampling), Is.EqualTo(left));

    [FsCheck.NUnit.Property(Replay = "20260101,7")]
    public bool Events_never_earn_more_bits_than_they_were_needed_for(ushort bits, uint rate) =>
        EntropyMath.BitsFor(EntropyMath.EventsFor(bits, rate + 1L), rate + 1L) <= bits;

    [TestCase(-1)]
    [TestCase(257)]
    public void A_credit_is_within_0_and_256(int bits) =>
        Assert.That(() => new SourceCredit(bits, "because"), Throws.TypeOf<ArgumentOutOfRangeException>());
}
