// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;
using LrngEngine.Tests.Drng;
using LrngEngine.Timing;

namespace LrngEngine.Tests.Timing;

[TestFixture]
internal sealed class GreatestCommonDivisorTests
{
    private const int Window = GreatestCommonDivisor.WindowStamps;
    private readonly RecordedLog _log = new();
    private SecretArena _arena;
    private GreatestCommonDivisor _gcd;

    [SetUp]
    public void Create()
    {
        _arena = new SecretArena(4096);
        _gcd = new GreatestCommonDivisor(_arena, _log);
    }

    [TearDown]
    public void Dispose()
    {
        _gcd.Dispose();
        _arena.Dispose();
    }

    [TestCase(1u)]
    [TestCase(3u)]
    [TestCase(69u)]
    [TestCase(999u)]
    public void It_is_the_step_of_the_clock(uint step)
    {
        Feed(i => (ulong)i * step);
        Assert.That(_gcd.Value, Is.EqualTo(step));
        Assert.That(_gcd.IsCoarse, Is.False);
        Assert.That(_log.Lines, Does.Contain($"Setting GCD to {step}"));
    }

    [Test]
    public void It_is_that_of_whole_stamps_beyond_32_bits()
    {
        Feed(i => ((ulong)uint.MaxValue * 999) + (9UL * (ulong)i * (ulong)i));
        Assert.That(_gcd.Value, Is.EqualTo(9));
    }

    [Test]
    public void It_is_known_with_the_stamp_after_a_full_window()
    {
        for (int i = 0; i < Window; i++)
        {
            _gcd.Add(7);
        }

        Assert.That(_gcd.Value, Is.Zero);
        _gcd.Add(1);
        Assert.That(_gcd.Value, Is.EqualTo(7), "the stamp after the window does not enter");
    }

    [Test]
    public void Zero_becomes_one()
    {
        Feed(_ => 0);
        Assert.That(_gcd.Value, Is.EqualTo(1));
    }

    [TestCase(1000UL)]
    [TestCase(1001UL)]
    [TestCase(4_000_000UL)]
    public void A_large_one_is_cut_to_1000_and_told(ulong step)
    {
        Feed(i => (ulong)(i + 1) * step);
        Assert.That(_gcd.Value, Is.EqualTo(1000));
        Assert.That(_gcd.IsCoarse, Is.True);
        Assert.That(_log.Lines, Does.Contain($"calculated GCD is larger than expected: {step}"));
    }

    [Test]
    public void A_second_window_counts_its_first_stamp()
    {
        Feed(i => (ulong)i * 6);
        _gcd.Recalibrate();
        Assert.That((_gcd.Value, _gcd.LastKnown), Is.EqualTo((0u, 6u)));

        // LRNG skips index 0 after the first run: it would be known without the last of these, as 10.
        for (int i = 0; i < Window; i++)
        {
            _gcd.Add(i < Window - 1 ? 10UL * (ulong)i : 5);
        }

        Assert.That(_gcd.Value, Is.Zero);
        _gcd.Add(1);
        Assert.That(_gcd.Value, Is.EqualTo(5));
    }

    [Test]
    public void A_reset_forgets_half_a_window_and_the_last_divisor()
    {
        Feed(i => (ulong)i * 6);
        _gcd.Reset();
        Assert.That((_gcd.Value, _gcd.LastKnown), Is.EqualTo((0u, 0u)));
        _gcd.Add(1);
        _gcd.Reset();
        Feed(i => (ulong)i * 12);
        Assert.That(_gcd.Value, Is.EqualTo(12));
    }

    private void Feed(Func<int, ulong> stamp)
    {
        for (int i = 0; i <= Window; i++)
        {
            _gcd.Add(stamp(i));
        }
    }
}
