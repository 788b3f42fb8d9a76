// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Drng;
using LrngEngine.SelfTests;
using LrngEngine.Tests.Drng;
using Microsoft.Extensions.Time.Testing;

namespace LrngEngine.Tests.SelfTests;

/// <summary>When self-tests run, and what a failure leads to.</summary>
[TestFixture]
internal sealed class SelfTestRunnerTests
{
    private const string Passed = "LRNG self-tests passed";

    private readonly FakeTimeProvider _clock = new();
    private RecordedLog _log;
    private ErrorState _errors;
    private bool _wrong;

    [SetUp]
    public void Begin()
    {
        _log = new RecordedLog();
        _errors = new ErrorState();
        _wrong = false;
    }

    [Test]
    public void They_run_at_start()
    {
        using SelfTestRunner runner = Create();
        Assert.Multiple(() =>
        {
            Assert.That(_log.Lines, Has.Exactly(1).StartsWith(Passed));
            Assert.That(runner.Report.Passed, Is.True);
            Assert.That(runner.Report.StatusWord, Is.Zero);
            Assert.That(runner.Report.Tests, Is.EqualTo(Suite.InUse.Count()));
        });
    }

    [Test]
    public void All_of_them_run_every_ten_minutes()
    {
        using SelfTestRunner runner = Create();
        runner.Start();
        _clock.Advance(SelfTestRunner.Interval - TimeSpan.FromSeconds(1));
        Assert.That(runner.Report.Tests, Is.EqualTo(Suite.InUse.Count()));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(runner.Report.Tests, Is.EqualTo(Suite.All.Count()));
        DateTimeOffset first = runner.Report.LastRun;
        _clock.Advance(SelfTestRunner.Interval);
        Assert.That(runner.Report.LastRun - first, Is.EqualTo(SelfTestRunner.Interval));
    }

    [Test]
    public void All_of_them_run_on_demand_and_say_so_again()
    {
        using SelfTestRunner runner = Create();
        Assert.That(runner.RunAll().Tests, Is.EqualTo(Suite.All.Count()));
        Assert.That(_log.Lines, Has.Exactly(2).StartsWith(Passed));
    }

    [Test]
    public void A_failure_leads_to_the_error_state_once()
    {
        int entered = 0;
        _errors.Entered += () => entered++;
        using SelfTestRunner runner = Create();
        _wrong = true;
        SelfTestReport report = runner.RunAll();
        _ = runner.RunAll();
        Assert.Multiple(() =>
        {
            Assert.That(entered, Is.EqualTo(1));
            Assert.That(report.FailedAreas, Is.EqualTo(SelfTestAreas.Drng));
            Assert.That(report.StatusWord, Is.EqualTo(2));
            Assert.That(report.Failures, Has.Count.EqualTo(4).And.All.Contains("chacha20 (best)").And.All.EndsWith("failed: wrong answer"));
            Assert.That(
                _log.Lines, Has.Exactly(8).StartsWith("LRNG self-test chacha20 (best)"), "a line for each failing test and run");
            Assert.That(
                _errors.ThrowIfEntered,
                Throws.TypeOf<GeneratorFailedException>().With.Message.StartsWith("the generator is in the error state: self-test chacha20"));
        });
    }

    [Test]
    public void The_error_state_begins_at_the_tests_of_the_start()
    {
        _wrong = true;
        using SelfTestRunner runner = Create();
        Assert.That(_errors.IsEntered, Is.True);
        Assert.That(_log.Lines, Has.None.StartsWith(Passed));
    }

    [Test]
    public void A_fault_that_comes_later_is_found_by_the_next_run()
    {
        using SelfTestRunner runner = Create();
        runner.Start();
        _wrong = true;
        _clock.Advance(SelfTestRunner.Interval);
        Assert.That(_errors.IsEntered, Is.True);
    }

    // A fault that comes and goes is a fault.
    [Test]
    public void The_error_state_is_not_left_when_the_tests_pass_again()
    {
        _wrong = true;
        using SelfTestRunner runner = Create();
        _wrong = false;
        SelfTestReport report = runner.RunAll();
        Assert.Multiple(() =>
        {
            Assert.That(_errors.IsEntered, Is.True);
            Assert.That(report.Passed, Is.False);
            Assert.That(report.Failures, Is.Not.Empty);
        });
    }

    [Test]
    public void In_the_error_state_nothing_runs_by_itself()
    {
        _wrong = true;
        using SelfTestRunner runner = Create();
        runner.Start();
        int lines = _log.Lines.Count;
        _clock.Advance(3 * SelfTestRunner.Interval);
        Assert.That(_log.Lines, Has.Count.EqualTo(lines));
    }

    [Test]
    public void A_disposed_one_runs_no_more()
    {
        SelfTestRunner runner = Create();
        runner.Start();
        runner.Dispose();
        _clock.Advance(SelfTestRunner.Interval);
        Assert.That(runner.Report.Tests, Is.EqualTo(Suite.InUse.Count()));
    }

    private SelfTestSuite Suite => new(ConditioningHashes.Default, WrongDrng.Of(Drngs.Default, () => _wrong), "best");

    private SelfTestRunner Create() => new(Suite, _errors, _clock, _log);
}
