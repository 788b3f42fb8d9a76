// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Health;
using LrngEngine.Memory;
using LrngEngine.Sources;
using LrngEngine.Sources.Auxiliary;
using LrngEngine.Sources.HardwareRng;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace LrngEngine.Tests.Sources.HardwareRng;

[TestFixture]
internal sealed class HardwareRngFeedTests
{
    private const int StartupBlocks = HardwareHealth.StartupBytes / HardwareHealth.BlockBytes;

    private readonly FakeTimeProvider _clock = new();
    private SecretArena _arena = null!;
    private AuxiliaryPool _pool = null!;
    private ScriptedHardware _hardware = null!;

    [SetUp]
    public void MakePool()
    {
        _arena = new SecretArena(8192);
        _pool = new AuxiliaryPool(ConditioningHashes.Default.Create(_arena), _arena);
        _hardware = new ScriptedHardware();
    }

    [TearDown]
    public void DisposePool()
    {
        _hardware.Dispose();
        _pool.Dispose();
        _arena.Dispose();
    }

    [TestCase(1024, 256, 256)]
    [TestCase(1024, 128, 128)]
    [TestCase(1024, 0, 0)]
    [TestCase(1000, 256, 250)]
    [TestCase(512, 256, 128)]
    [TestCase(512, 100, 100)]
    [TestCase(3, 256, 0)]
    [TestCase(5000, 256, 256)]
    [TestCase(0, 256, 0)]
    [TestCase(-1, 256, 0)]
    [TestCase(null, 256, 0)]
    public void The_credit_is_the_smaller_of_setting_and_quality_and_nothing_without_one(int? quality, int limit, int credit)
    {
        SourceCredit given = new HardwareIdentity("x", quality).CreditWithin(new SourceCredit(limit, "setting"));
        Assert.That(given.BitsPer256, Is.EqualTo(credit));
        Assert.That(given.Reason, quality is not > 0 ? Does.Contain("no quality of x") : limit == credit ? Is.EqualTo("setting") : Does.Contain($"{quality} in 1024"));
    }

    [Test]
    public void The_pool_is_filled_after_the_start_up_test_and_left_alone_when_it_is_full()
    {
        using HardwareRngFeed feed = Feed();
        for (int block = 0; block < StartupBlocks; block++)
        {
            _ = Pass(feed);
        }

        Assert.That(_pool.EntropyBits, Is.Zero, "the first bytes are tested only");
        Assert.That(feed.Status.State, Is.EqualTo(SourceState.Running), "the test is over");
        for (int filled = 128; filled < _pool.CapacityBits; filled += 128)
        {
            Assert.That(Pass(feed), Is.EqualTo(TimeSpan.FromSeconds(32.0 / 1024)));
            Assert.That(_pool.EntropyBits, Is.EqualTo(filled));
        }

        Assert.That(Pass(feed), Is.EqualTo(Timeout.InfiniteTimeSpan), "full");
        int reads = _hardware.Reads;
        Assert.That(Pass(feed), Is.EqualTo(Timeout.InfiniteTimeSpan));
        Assert.That((_hardware.Reads, _hardware.SawOldBytes), Is.EqualTo((reads, false)));
        HardwareRngStatus status = feed.Status;
        Assert.That((status.Credit, status.ReadBytes, status.CreditedBits), Is.EqualTo((128, 1024L + 128, 512L)));
    }

    [Test]
    public void A_pull_makes_room_and_invites()
    {
        using HardwareRngFeed feed = Feed();
        Fill(feed);
        Assert.That(_pool.GetEntropy(new byte[32], 256), Is.EqualTo(256));
        feed.Invite();
        _ = Pass(feed);
        Assert.That(Pass(feed), Is.EqualTo(Timeout.InfiniteTimeSpan));
        Assert.That(_pool.EntropyBits, Is.EqualTo(512));
    }

    [TestCase(0)]
    [TestCase(null)]
    public void Without_a_quality_one_block_follows_each_pull_and_earns_nothing(int? quality)
    {
        _hardware.Identity = new HardwareIdentity("tpm-rng-0", quality);
        using HardwareRngFeed feed = Feed();
        for (int pull = 1; pull <= 2 * StartupBlocks; pull++)
        {
            feed.Invite();
            Assert.That(Pass(feed), Is.EqualTo(Timeout.InfiniteTimeSpan));
            _ = Pass(feed);
            Assert.That(_hardware.Reads, Is.EqualTo(pull));
        }

        HardwareRngStatus status = feed.Status;
        Assert.That((status.State, status.Credit, _pool.EntropyBits), Is.EqualTo((SourceState.Running, 0, 0)));
        Assert.That(status.Reason, Does.Contain("no quality of tpm-rng-0"));
    }

    [Test]
    public void The_rate_is_kept_whoever_invites()
    {
        using HardwareRngFeed feed = Feed(bytesPerSecond: 16);
        Assert.That(feed.Pass(), Is.EqualTo(TimeSpan.FromSeconds(2)));
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        feed.Invite();
        Assert.That((feed.Pass(), _hardware.Reads), Is.EqualTo((TimeSpan.FromSeconds(0.5), 1)));
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        _ = feed.Pass();
        Assert.That(_hardware.Reads, Is.EqualTo(2));
    }

    [TestCase(-19, "No such device")]
    [TestCase(0, "gives nothing")]
    public void It_backs_off_while_nothing_comes(int answer, string reason)
    {
        _hardware.Answer = _ => answer;
        using HardwareRngFeed feed = Feed();
        foreach (int seconds in new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600 })
        {
            Assert.That(Pass(feed), Is.EqualTo(TimeSpan.FromSeconds(seconds)));
        }

        Assert.That((feed.Status.State, feed.Status.Credit, _pool.EntropyBits), Is.EqualTo((SourceState.Waiting, 0, 0)));
        Assert.That(feed.Status.Reason, Does.Contain(reason));
        _hardware.Answer = ScriptedHardware.Random;
        _ = Pass(feed);
        Assert.That(feed.Status.State, Is.EqualTo(SourceState.Starting), "it goes on");
        _hardware.Answer = _ => answer;
        Assert.That(Pass(feed), Is.EqualTo(HardwareRngFeed.ShortestBackOff), "from the beginning");
    }

    [Test]
    public void Short_reads_are_put_together()
    {
        _hardware.Answer = buffer => ScriptedHardware.Random(buffer[..Math.Min(buffer.Length, 5)]);
        using HardwareRngFeed feed = Feed();
        _ = Pass(feed);
        Assert.That((_hardware.Reads, feed.Status.ReadBytes), Is.EqualTo((7, 32L)));
    }

    [Test]
    public void What_comes_before_an_error_is_used()
    {
        _hardware.Answer = buffer => buffer.Length == 32 ? ScriptedHardware.Random(buffer[..8]) : -5;
        using HardwareRngFeed feed = Feed();
        _ = Pass(feed);
        Assert.That((feed.Status.State, feed.Status.ReadBytes), Is.EqualTo((SourceState.Starting, 8L)));
    }

    [Test]
    public void A_constant_earns_nothing_and_ends_it()
    {
        _hardware.Answer = ScriptedHardware.Constant;
        using HardwareRngFeed feed = Feed();
        for (int block = 0; block < 2 * StartupBlocks; block++)
        {
            _ = Pass(feed);
        }

        HardwareRngStatus status = feed.Status;
        Assert.That((status.State, status.Credit, status.CreditedBits, _pool.EntropyBits), Is.EqualTo((SourceState.Failed, 0, 0L, 0)));
        Assert.That(status.Reason, Does.Contain("repetition count test"));
        feed.Invite();
        int reads = _hardware.Reads;
        Assert.That(Pass(feed), Is.EqualTo(Timeout.InfiniteTimeSpan));
        Assert.That(_hardware.Reads, Is.EqualTo(reads), "it is not read any more");
    }

    [Test]
    public void A_generator_that_breaks_loses_what_it_earned()
    {
        using HardwareRngFeed feed = Feed();
        Fill(feed);
        _hardware.Answer = ScriptedHardware.Constant;
        feed.Invite();
        _ = Pass(feed);
        Assert.That((feed.Status.State, _pool.EntropyBits), Is.EqualTo((SourceState.Failed, 0)));
        Assert.That(feed.Status.Health.Failures, Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public void A_short_run_has_it_tested_anew()
    {
        using HardwareRngFeed feed = Feed();
        Fill(feed);
        int run = feed.Status.Health.RepetitionIntermittent;
        Assert.That(run, Is.EqualTo(9), "1 + ceil(30 / H), H = 128 / 32 bits a byte");
        _hardware.Answer = buffer =>
        {
            _ = ScriptedHardware.Random(buffer);
            buffer.Span[..run].Fill(buffer.Span[^1]);
            buffer.Span[run] = (byte)(buffer.Span[^1] + 1);
            return buffer.Length;
        };
        feed.Invite();
        _ = Pass(feed);
        Assert.That((feed.Status.State, feed.Status.Credit, _pool.EntropyBits), Is.EqualTo((SourceState.Starting, 0, 0)));
        Assert.That(feed.Status.Health.LastFailure, Is.EqualTo("repetition count test at 9"));
        _hardware.Answer = ScriptedHardware.Random;
        Fill(feed);
        Assert.That(feed.Status.State, Is.EqualTo(SourceState.Running));
    }

    [Test]
    public void A_block_that_comes_again_earns_nothing()
    {
        byte[] block = new byte[32];
        _ = ScriptedHardware.Random(block);
        _hardware.Answer = buffer =>
        {
            block.CopyTo(buffer);
            return block.Length;
        };
        using HardwareRngFeed feed = Feed();
        for (int read = 0; read < 2 * StartupBlocks; read++)
        {
            _ = Pass(feed);
        }

        Assert.That((feed.Status.State, _pool.EntropyBits), Is.EqualTo((SourceState.Failed, 0)));
        Assert.That(feed.Status.Reason, Does.Contain("on blocks"));
    }

    [Test]
    public void Another_generator_is_tested_before_it_is_credited()
    {
        using HardwareRngFeed feed = Feed();
        Fill(feed);
        _ = _pool.GetEntropy(new byte[64], 512);
        _hardware.Identity = new HardwareIdentity("virtio_rng.1", 1024);
        feed.Invite();
        _ = Pass(feed);
        Assert.That((feed.Status.Name, feed.Status.State, _pool.EntropyBits), Is.EqualTo(("virtio_rng.1", SourceState.Starting, 0)));
    }

    [Test]
    public void What_another_generator_may_have_given_is_not_credited()
    {
        using HardwareRngFeed feed = Feed();
        Fill(feed);
        _ = _pool.GetEntropy(new byte[64], 512);
        _hardware.BeforeRead = () => _hardware.Identity = new HardwareIdentity("virtio_rng.1", 1024);
        feed.Invite();
        _ = Pass(feed);
        Assert.That(_pool.EntropyBits, Is.Zero);
    }

    [Test]
    public void What_is_read_while_the_pool_is_discarded_is_not_credited_and_it_is_tested_again()
    {
        using HardwareRngFeed feed = Feed();
        Fill(feed);
        _hardware.BeforeRead = () =>
        {
            _pool.Discard();
            feed.Renew();
            _hardware.BeforeRead = static () => { };
        };
        feed.Invite();
        _ = Pass(feed);
        Assert.That((feed.Status.State, _pool.EntropyBits), Is.EqualTo((SourceState.Starting, 0)));
        Fill(feed);
    }

    [Test]
    public void A_device_that_cannot_be_opened_is_tried_again_less_and_less_often()
    {
        _hardware.Refusal = "cannot open /dev/hwrng: No such file or directory";
        using HardwareRngFeed feed = Feed();
        feed.Open();
        HardwareRngStatus status = feed.Status;
        Assert.That((status.State, status.Credit, status.Reason), Is.EqualTo((SourceState.Unavailable, 0, _hardware.Refusal)));
        Assert.That((Pass(feed), _hardware.Opened), Is.EqualTo((HardwareRngFeed.ShortestBackOff, 2)));
        Assert.That((Pass(feed), _hardware.Opened), Is.EqualTo((2 * HardwareRngFeed.ShortestBackOff, 3)));
        _hardware.Refusal = null;
        _ = Pass(feed);
        Assert.That(feed.Status.State, Is.EqualTo(SourceState.Starting));
    }

    [Test]
    public void A_read_without_an_answer_shows()
    {
        using HardwareRngFeed feed = Feed();
        Fill(feed);
        HardwareRngStatus? during = null;
        _hardware.BeforeRead = () =>
        {
            _clock.Advance(HardwareRngFeed.Patience);
            during = feed.Status;
        };
        feed.Invite();
        _ = feed.Pass();
        Assert.That((during!.State, during.Credit, during.Reason), Is.EqualTo((SourceState.Waiting, 0, "no answer for 5 s")));
        Assert.That(feed.Status.State, Is.EqualTo(SourceState.Running));
    }

    [Test]
    public void Cut_offs_follow_the_claim([Values(8, 64, 128, 256)] int claim)
    {
        using HardwareRngFeed feed = Feed(limit: claim);
        _ = Pass(feed);
        HealthCutoff repetition = HealthCutoff.ForRepetitionCount(claim / 32.0);
        HealthCutoff proportion = HealthCutoff.ForAdaptiveProportion(claim / 32.0);
        SourceHealth health = feed.Status.Health;
        Assert.That((health.RepetitionIntermittent, health.RepetitionPermanent), Is.EqualTo((repetition.Intermittent, repetition.Permanent)));
        Assert.That((health.ProportionIntermittent, health.ProportionPermanent), Is.EqualTo((proportion.Intermittent, proportion.Permanent)));
    }

    private HardwareRngFeed Feed(int bytesPerSecond = 1024, int limit = 128) => new(new HardwareRngOptions
    {
        Pool = _pool,
        Generator = _hardware,
        BytesPerSecond = bytesPerSecond,
        CreditLimit = new SourceCredit(limit, "setting"),
        Clock = _clock,
        Logger = NullLogger.Instance,
    });

    // A pass, and the pause that follows it.
    private TimeSpan Pass(HardwareRngFeed feed)
    {
        TimeSpan pause = feed.Pass();
        _clock.Advance(pause == Timeout.InfiniteTimeSpan ? TimeSpan.FromSeconds(1) : pause);
        return pause;
    }

    private void Fill(HardwareRngFeed feed)
    {
        for (int pass = 0; pass < 3 * StartupBlocks && Pass(feed) != Timeout.InfiniteTimeSpan; pass++)
        {
        }

        Assert.That(_pool.EntropyBits, Is.EqualTo(_pool.CapacityBits));
    }
}
