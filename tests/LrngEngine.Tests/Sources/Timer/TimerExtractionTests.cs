// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Sources;

namespace LrngEngine.Tests.Sources.Timer;

/// <summary>LRNG's test 09: what is logged is events * 256 / rate, capped; and what is left.</summary>
[TestFixture]
internal sealed class TimerExtractionTests
{
    [Test]
    public void Credit_is_events_times_256_by_rate_up_to_the_request(
        [Values(256, 257, 512, 1024, 2048)] long rate, [Values(0, 1, 31, 255, 256, 600, 2048, 5000)] int events)
    {
        using TimerFixture fixture = Fixture(rate);
        var stream = new TimerStream();
        fixture.Started(stream);
        fixture.Source.Record(0, stream.Good(events));
        int expected = (int)Math.Min(256, events * 256L / rate);
        Assert.That(fixture.Source.AvailableEntropy(256), Is.EqualTo(expected));
        Assert.That(fixture.Pull(), Is.EqualTo(expected));
        Assert.That(
            fixture.Steps.Lines[^1],
            Is.EqualTo($"obtained {expected} bits by collecting {expected} bits of entropy from entropy pool noise source"));

        // One CPU holds no more than its digest.
        long used = Math.Min(events, rate);
        long left = Math.Min(events, 2 * rate) - used;
        Assert.That(
            fixture.Steps.Lines[^2],
            Is.EqualTo($"{used} interrupts used from entropy pool of CPU 0, {left} interrupts remain unused"));
    }

    [TestCase(1, 192)]
    [TestCase(2, 256)]
    public void In_SP_800_90C_mode_a_digest_of_256_bits_gives_192_for_each_cpu(int cpus, int bits)
    {
        using var fixture = new TimerFixture(
            new TimerSourceOptions { EventsPer256Bits = 512, OversamplingBits = 64 }, arena => new Sha3_256(arena));
        fixture.Started();
        for (int cpu = 0; cpu < cpus; cpu++)
        {
            fixture.Source.Record(cpu, new TimerStream().Good(2000));
        }

        Assert.That(fixture.Source.AvailableEntropy(384), Is.EqualTo(bits));
        Assert.That(fixture.Pull(384), Is.EqualTo(bits));
        Assert.That(
            fixture.Steps.Lines[^1],
            Is.EqualTo($"obtained {bits} bits by collecting {bits + 64} bits of entropy from entropy pool noise source"));
    }

    [TestCase(63, 0)]
    [TestCase(64, 0)]
    [TestCase(65, 1)]
    [TestCase(320, 256)]
    [TestCase(448, 384)]
    [TestCase(512, 384)]
    public void Oversampling_costs_64_bits_a_pull(int events, int bits)
    {
        using var fixture = new TimerFixture(new TimerSourceOptions { EventsPer256Bits = 256, OversamplingBits = 64 });
        fixture.Started();
        Drain(fixture);
        fixture.Source.Record(1, new TimerStream(seed: 7).Good(events));
        Assert.That(fixture.Pull(384), Is.EqualTo(bits));
        Assert.That(Left(fixture), Is.EqualTo(Math.Max(0, events - 448)));
    }

    [Test]
    public void The_surplus_of_all_cpus_is_put_back()
    {
        var stream = new TimerStream();
        using TimerFixture fixture = Fixture(256).Started(stream);
        fixture.Source.Record(2, new TimerStream(seed: 2).Good(200));
        fixture.Source.Record(0, stream.Good(100));
        fixture.Source.Record(1, new TimerStream(seed: 4).Good(300));
        Assert.That(fixture.Pull(), Is.EqualTo(256));
        Assert.That(fixture.Steps.Lines.TakeLast(4), Is.EqualTo(new[]
        {
            "100 interrupts used from entropy pool of CPU 0, 0 interrupts remain unused",
            "156 interrupts used from entropy pool of CPU 1, 144 interrupts remain unused",
            "0 interrupts used from entropy pool of CPU 2, 200 interrupts remain unused",
            "obtained 256 bits by collecting 256 bits of entropy from entropy pool noise source",
        }));
        Assert.That(fixture.Pull(), Is.EqualTo(256));
        Assert.That(Left(fixture), Is.EqualTo(88));
        Assert.That(fixture.Pull(), Is.EqualTo(88));
        Assert.That(fixture.Pull(), Is.Zero);
    }

    [TestCase(0L)]
    [TestCase(128L)]
    [TestCase(255L)]
    [TestCase(-1L)]
    [TestCase(4294967296L)]
    public void A_rate_out_of_range_is_refused(long rate)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Fixture(rate).Dispose());
        Assert.That(error.Message, Does.StartWith($"EventsPer256Bits = {rate}: accepted is 256..4294967295 events"));
    }

    [TestCase(null, "no assessment of this platform")]
    [TestCase(4294967295L, "its rate is set to earn nothing")]
    public void Without_a_rate_events_are_mixed_in_and_earn_nothing(long? rate, string reason)
    {
        using TimerFixture fixture = Fixture(rate);
        fixture.Source.Record(0, new TimerStream().Good(5000));
        byte[] first = new byte[32];
        byte[] second = new byte[32];
        Assert.That(fixture.Source.AvailableEntropy(256), Is.Zero);
        Assert.That(fixture.Source.GetEntropy(first, 256), Is.Zero);
        Assert.That(fixture.Source.GetEntropy(second, 256), Is.Zero);
        Assert.That(first, Is.Not.All.Zero.And.Not.EqualTo(second));
        SourceStatus status = fixture.Source.Status;
        Assert.That((status.State, status.Credit, status.Reason), Is.EqualTo((SourceState.Running, 0, reason)));
    }

    [TestCase(4294967294L)]
    [TestCase(1L << 31)]
    public void Conversions_of_large_rates_do_not_wrap(long rate)
    {
        using TimerFixture fixture = Fixture(rate);
        fixture.Source.Record(0, new TimerStream().Good(3000));
        Assert.That(fixture.Source.Status.State, Is.EqualTo(SourceState.Running));
        Assert.That(fixture.Source.AvailableEntropy(256), Is.Zero);
        Assert.That(fixture.Pull(), Is.Zero);
    }

    [TestCase(1024, true, false)]
    [TestCase(2048, true, false)]
    [TestCase(4096, false, false)]
    [TestCase(4096, true, true)]
    public void Without_compression_an_array_counts_what_it_holds(int slots, bool compresses, bool asked)
    {
        using var fixture = new TimerFixture(
            new TimerSourceOptions { EventsPer256Bits = 256, Slots = slots, ContinuousCompression = asked });
        fixture.Source.Record(0, new TimerStream().Good(5000));

        // An event takes up to 8 bytes, and 8 more may be in the course of being written.
        Assert.That(Left(fixture), Is.EqualTo(compresses ? 512 : (slots / 8) - 1));
        bool forced = fixture.Log.Lines.Any(line => line.StartsWith("Force continuous compression", StringComparison.Ordinal));
        Assert.That(forced, Is.EqualTo(compresses && !asked));
        Assert.That(fixture.Source.TypeLines, Does.Contain($"Continuous compression: {(compresses ? "true" : "false")}"));
    }

    [Test]
    public void Before_the_start_up_test_has_passed_the_slot_is_left_alone()
    {
        using TimerFixture fixture = Fixture(256);
        fixture.Source.Record(0, new TimerStream().Good(1023));
        byte[] slot = new byte[32];
        Assert.That(fixture.Source.GetEntropy(slot, 256), Is.Zero);
        Assert.That(fixture.Source.AvailableEntropy(256), Is.Zero);
        Assert.That(slot, Is.All.Zero);
    }

    private static TimerFixture Fixture(long? rate) => new(new TimerSourceOptions { EventsPer256Bits = rate });

    private static void Drain(TimerFixture fixture)
    {
        while (Left(fixture) > 0)
        {
            _ = fixture.Pull(384);
        }
    }

    private static int Left(TimerFixture fixture) => int.Parse(fixture.Details.Split(',')[0]["events ".Length..]);
}
