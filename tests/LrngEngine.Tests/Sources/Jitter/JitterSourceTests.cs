// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;
using LrngEngine.Memory;
using LrngEngine.Sources;
using LrngEngine.Sources.Jitter;
using Microsoft.Extensions.Time.Testing;

namespace LrngEngine.Tests.Sources.Jitter;

[TestFixture]
internal sealed class JitterSourceTests
{
    private const int Blocks = 32;

    // Only a hanging test waits this long.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private SecretArena _arena = null!;

    [SetUp]
    public void MapArena() => _arena = new SecretArena(16384);

    [TearDown]
    public void UnmapArena() => _arena.Dispose();

    [Test]
    public void The_first_request_runs_the_start_up_test_and_earns_the_default_credit()
    {
        using JitterSource source = Unbuffered(ScriptedCounter.Jitter);
        Assert.That(source.Status.State, Is.EqualTo(SourceState.Starting));
        Assert.That(source.AvailableEntropy(256), Is.Zero);

        var slot = new byte[48];
        Assert.That(source.GetEntropy(slot, 256), Is.EqualTo(16));
        Assert.That(slot[..32], Is.Not.All.Zero);
        Assert.That(slot[32..], Is.All.Zero, "only what was asked for is filled");
        Assert.That(source.GetEntropy(slot, 384), Is.EqualTo(24));
        Assert.That(slot[32..], Is.Not.All.Zero);

        SourceStatus status = source.Status;
        Assert.That((status.State, status.Credit, status.Reason), Is.EqualTo((SourceState.Running, 16, JitterOptions.DefaultCredit.Reason)));
        Assert.That(status.Details, Does.Contain("RCT 91/181, APT 458/479 of 512"));
        Assert.That(source.AvailableEntropy(384), Is.EqualTo(24));
    }

    [Test]
    public void An_unreachable_proportion_cutoff_is_shown_as_inactive()
    {
        using JitterSource source = Unbuffered(ScriptedCounter.Jitter, oversampling: 10);
        Assert.That(source.Status.Details, Does.Contain("APT 507/inactive of 512"));
    }

    [TestCase(0, "does not run")]
    [TestCase(4000, "equal")]
    public void A_failed_start_up_delivers_nothing_and_says_why(long step, string reason)
    {
        var counter = new ScriptedCounter(_ => step);
        using var source = new JitterSource(counter, _arena, Options(0));
        var slot = new byte[32];
        Assert.That(source.GetEntropy(slot, 256), Is.Zero);
        Assert.That(slot, Is.All.Zero);
        SourceStatus status = source.Status;
        Assert.That((status.State, status.Credit), Is.EqualTo((SourceState.Failed, 0)));
        Assert.That(status.Reason, Does.Contain(reason));
        Assert.That(source.AvailableEntropy(256), Is.Zero);

        int reads = counter.Reads;
        Assert.That(source.GetEntropy(slot, 256), Is.Zero);
        Assert.That(counter.Reads, Is.EqualTo(reads), "a failed source is not tried again");
    }

    [Test]
    public void An_intermittent_failure_at_run_time_restarts_the_start_up_test()
    {
        // osr 3: RCT 91/181; the first of the equal deltas is not stuck.
        int from = ScriptedCounter.StartupReads + 200;
        var counter = new ScriptedCounter(read => read >= from && read < from + 92 ? 5000 : ScriptedCounter.Jitter(read));
        using var source = new JitterSource(counter, _arena, Options(0));
        var failures = new List<HealthFailedEventArgs>();
        source.HealthFailed += (_, failure) => failures.Add(failure);
        var slot = new byte[32];
        Assert.That(source.GetEntropy(slot, 256), Is.Zero);
        Assert.That(slot, Is.All.Zero);
        Assert.That(source.Status.State, Is.EqualTo(SourceState.Running));
        const string Failure = "repetition count test at 91, cut-off 91";
        Assert.That(
            failures.Select(told => (told.Verdict, told.Test, told.Credited, told.Reason)),
            Is.EqualTo(new[] { (HealthVerdict.IntermittentFailure, HealthTest.RepetitionCount, true, Failure) }));
        Assert.That(source.Status.Health, Is.EqualTo(new SourceHealth(91, 181, 458, 479, 512, 1, Failure)));
        Assert.That(counter.Reads, Is.EqualTo(from + 91 + ScriptedCounter.StartupReads), "failed at the 91st equal delta, then restarted");
        Assert.That(source.GetEntropy(slot, 256), Is.EqualTo(16));
    }

    [Test]
    public void A_fault_that_outlasts_the_restart_is_permanent()
    {
        // Deltas that grow by 3 each: varying, of no common divisor, and stuck in the third derivative.
        int from = ScriptedCounter.StartupReads + 200;
        using JitterSource source = Unbuffered(read => read >= from ? 5000 + (3L * read) : ScriptedCounter.Jitter(read));
        var verdicts = new List<HealthVerdict>();
        source.HealthFailed += (_, failure) => verdicts.Add(failure.Verdict);
        Assert.That(source.GetEntropy(new byte[32], 256), Is.Zero);
        Assert.That(source.Status.State, Is.EqualTo(SourceState.Failed));
        Assert.That(
            source.Status.Reason,
            Is.EqualTo("after an intermittent failure (repetition count test at 91, cut-off 91): permanent failure of a health test"));
        Assert.That(verdicts, Is.EqualTo(new[] { HealthVerdict.PermanentFailure }));
    }

    [Test]
    public void A_start_up_that_trips_once_is_repeated()
    {
        using JitterSource source = Unbuffered(read => read is >= 200 and < 300 ? 5000 : ScriptedCounter.Jitter(read));
        Assert.That(source.GetEntropy(new byte[32], 256), Is.EqualTo(16));
    }

    [Test]
    public void A_start_up_that_trips_every_time_fails()
    {
        using JitterSource source = Unbuffered(read => read % 1124 is >= 200 and < 300 ? 5000 : ScriptedCounter.Jitter(read));
        Assert.That(source.GetEntropy(new byte[32], 256), Is.Zero);
        Assert.That(source.Status.State, Is.EqualTo(SourceState.Failed));
    }

    [Test]
    public void Blocks_keep_the_credit_they_were_filled_with()
    {
        using JitterSource source = Buffered(ScriptedCounter.Jitter);
        WaitUntilFull(source);
        source.Credit = new SourceCredit(256, "assessed");
        var slot = new byte[32];
        for (int i = 0; i < Blocks; i++)
        {
            Assert.That(source.GetEntropy(slot, 256), Is.EqualTo(16), $"block {i}");
        }

        Assert.That(source.GetEntropy(slot, 256), Is.EqualTo(256));
        Assert.That(source.Status.Reason, Is.EqualTo("assessed"));
    }

    [Test]
    public void Another_size_than_the_blocks_leaves_the_buffer_alone()
    {
        using JitterSource source = Buffered(ScriptedCounter.Jitter);
        WaitUntilFull(source);
        Assert.That(source.GetEntropy(new byte[48], 384), Is.EqualTo(24));
        Assert.That(source.Status.Details, Does.Contain($"buffered {Blocks} of {Blocks}"));
    }

    [Test]
    public void The_buffer_is_filled_again_when_a_quarter_is_gone()
    {
        using JitterSource source = Buffered(ScriptedCounter.Jitter);
        WaitUntilFull(source);
        var slot = new byte[32];
        for (int i = 0; i < (Blocks / 4) - 1; i++)
        {
            _ = source.GetEntropy(slot, 256);
        }

        string left = $"buffered {(3 * Blocks / 4) + 1} of {Blocks}";
        Assert.That(
            SpinWait.SpinUntil(() => !source.Status.Details.Contains(left, StringComparison.Ordinal), TimeSpan.FromMilliseconds(100)),
            Is.False,
            "the thread was not woken");
        _ = source.GetEntropy(slot, 256);
        WaitUntilFull(source);
    }

    [Test]
    public void Blocks_differ()
    {
        using JitterSource source = Buffered(ScriptedCounter.Jitter);
        var seen = new HashSet<string>();
        var slot = new byte[32];
        for (int i = 0; i < 2 * Blocks; i++)
        {
            Assert.That(source.GetEntropy(slot, 256), Is.EqualTo(16));
            Assert.That(seen.Add(Convert.ToHexString(slot)), Is.True);
        }
    }

    [Test]
    public void Discarding_empties_the_buffer_and_fills_it_afresh()
    {
        using JitterSource source = Buffered(ScriptedCounter.Jitter);
        WaitUntilFull(source);
        source.Credit = new SourceCredit(1, "after the copy");
        source.Discard();
        Assert.That(source.GetEntropy(new byte[32], 256), Is.EqualTo(1), "no block from before");
        WaitUntilFull(source);
    }

    [Test]
    public void A_failed_source_has_no_thread_left_and_no_blocks()
    {
        int from = ScriptedCounter.StartupReads + 5000;
        using JitterSource source = Buffered(read => read >= from ? 5000 : ScriptedCounter.Jitter(read));
        Assert.That(SpinWait.SpinUntil(() => source.Status.State == SourceState.Failed, s_patience), Is.True);
        Assert.That(source.GetEntropy(new byte[32], 256), Is.Zero);
        Assert.That(source.Status.Details, Does.Contain($"buffered 0 of {Blocks}"));
    }

    [Test]
    public void Dispose_ends_the_thread_in_the_middle_of_a_block()
    {
        using var reached = new ManualResetEventSlim();
        var counter = new ScriptedCounter(read =>
        {
            if (read == ScriptedCounter.StartupReads + 500)
            {
                reached.Set();
            }

            return ScriptedCounter.Jitter(read);
        });
        var source = new JitterSource(counter, _arena, Options(Blocks));
        Assert.That(reached.Wait(s_patience), Is.True);
        source.Dispose();
        int reads = counter.Reads;
        Assert.That(() => source.GetEntropy(new byte[32], 256), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(counter.Reads, Is.EqualTo(reads));
        source.Dispose();
    }

    [Test]
    public void Recording_is_possible_while_the_source_runs()
    {
        using JitterSource source = Buffered(ScriptedCounter.Jitter);
        var deltas = new ulong[500];
        source.RecordDeltas(deltas);
        Assert.That(deltas, Is.All.InRange(300UL, 363UL));
        Assert.That(source.GetEntropy(new byte[32], 256), Is.EqualTo(16));
    }

    [Test]
    public void A_start_up_that_fails_in_the_background_is_announced_and_ends_the_thread()
    {
        // Else the first seeding would wait for this source as long as it may.
        using var subscribed = new ManualResetEventSlim();
        using var announced = new ManualResetEventSlim();
        var counter = new ScriptedCounter(_ =>
        {
            subscribed.Wait();
            return 0;
        });
        using var source = new JitterSource(counter, _arena, Options(Blocks));
        source.EntropyArrived += (_, _) =>
        {
            Assert.That(source.Status.State, Is.EqualTo(SourceState.Failed));
            announced.Set();
        };
        Assert.That(source.TypeLines, Is.EqualTo(
            new[] { "Available entropy: 0", "Enabled: false", "Jitter RNG async collection true" }));
        subscribed.Set();
        Assert.That(announced.Wait(s_patience), Is.True);
        int reads = counter.Reads;
        source.Discard();
        Assert.That(source.GetEntropy(new byte[32], 256), Is.Zero);
        Assert.That(counter.Reads, Is.EqualTo(reads), "a failed source is not tried again");
    }

    [Test]
    public void A_source_that_does_not_fit_gives_back_what_it_took()
    {
        using var small = new SecretArena(4096);
        for (int attempt = 0; attempt < 20; attempt++)
        {
            Assert.That(
                () => new JitterSource(new ScriptedCounter(ScriptedCounter.Jitter), small, Options(1024)),
                Throws.InvalidOperationException.With.Message.Contains("exhausted"));
        }

        using var source = new JitterSource(new ScriptedCounter(ScriptedCounter.Jitter), small, Options(0));
        Assert.That(source.GetEntropy(new byte[32], 256), Is.EqualTo(16));
        Assert.That(() => source.Credit = null!, Throws.ArgumentNullException);
        Assert.That(source.Credit, Is.EqualTo(JitterOptions.DefaultCredit));
    }

    [TestCase(16, 256)]
    [TestCase(48, 256)]
    [TestCase(2048, 256)]
    [TestCase(128, 0)]
    [TestCase(128, 100)]
    [TestCase(128, 576)]
    public void Settings_out_of_range_are_refused(int bufferBlocks, int blockBits) =>
        Assert.That(
            () => new JitterSource(
                new ScriptedCounter(ScriptedCounter.Jitter), _arena, Options(bufferBlocks) with { BlockBits = blockBits }),
            Throws.TypeOf<ArgumentOutOfRangeException>());

    private static JitterOptions Options(int blocks) => new() { BufferBlocks = blocks, MemoryBytes = 64 * 1024 };

    private static void WaitUntilFull(JitterSource source) => Assert.That(
        SpinWait.SpinUntil(
            () => source.Status.Details.Contains($"buffered {Blocks} of {Blocks}", StringComparison.Ordinal), s_patience),
        Is.True);

    private JitterSource Unbuffered(Func<int, long> script, int oversampling = 3) =>
        new(new ScriptedCounter(script), _arena, Options(0) with { Oversampling = oversampling });

    // A clock that stands still makes the thread's rests as short as they get.
    private JitterSource Buffered(Func<int, long> script) =>
        new(new ScriptedCounter(script), _arena, Options(Blocks), new FakeTimeProvider());
}
