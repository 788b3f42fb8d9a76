// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using Microsoft.Extensions.Logging;

namespace LrngEngine.SelfTests;

/// <summary>Runs the self-tests: at start, every ten minutes and on demand; a failure leads to the error state. Thread-safe.</summary>
internal sealed class SelfTestRunner : IDisposable
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly ErrorState _errors;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ITimer _timer;

    // One run at a time.
    private readonly Lock _running = new();

    private volatile SelfTestSuite _suite;
    private volatile SelfTestReport _report;

    /// <summary>Runs the tests of what is in use.</summary>
    /// <param name="suite">The tests.</param>
    /// <param name="errors">Entered at a failure.</param>
    /// <param name="clock">Tells when the next run is due.</param>
    /// <param name="logger">Receives the verdicts.</param>
    internal SelfTestRunner(SelfTestSuite suite, ErrorState errors, TimeProvider clock, ILogger logger)
    {
        _suite = suite;
        _errors = errors;
        _clock = clock;
        _logger = logger;
        _report = new SelfTestReport(0, clock.GetUtcNow(), SelfTestAreas.None, []);
        Run(suite.InUse, LogLevel.Information);
        _timer = clock.CreateTimer(
            static runner => ((SelfTestRunner)runner!).RunPeriodically(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What the last run found, and failures of earlier ones.</summary>
    internal SelfTestReport Report => _report;

    /// <summary>Begins to run all tests every ten minutes.</summary>
    internal void Start() => _timer.Change(Interval, Interval);

    /// <summary>Runs tests of what is about to be put into use.</summary>
    /// <exception cref="GeneratorFailedException">One failed, now or before.</exception>
    /// <exception cref="InvalidOperationException">There is no memory for them.</exception>
    internal void Require(IEnumerable<KnownAnswerTest> tests)
    {
        lock (_running)
        {
            _ = Judge(tests);
        }

        _errors.ThrowIfEntered();
    }

    /// <summary>The tests from the next run on.</summary>
    internal void Use(SelfTestSuite suite) => _suite = suite;

    /// <summary>Runs all tests now.</summary>
    /// <exception cref="InvalidOperationException">There is no memory for them.</exception>
    internal SelfTestReport RunAll() => Run(_suite.All, LogLevel.Information);

    public void Dispose() => _timer.Dispose();

    private void RunPeriodically()
    {
        try
        {
            // There is nothing more to learn after a failure.
            if (!_errors.IsEntered)
            {
                _ = Run(_suite.All, LogLevel.Debug);
            }
        }
        catch (InvalidOperationException error)
        {
            Log.SelfTestsNotRun(_logger, error.Message);
        }
    }

    private SelfTestReport Run(IEnumerable<KnownAnswerTest> tests, LogLevel passed)
    {
        lock (_running)
        {
            SelfTestReport report = Judge(tests);
            if (report.Failures.Count == 0)
            {
                Log.SelfTestsPassed(_logger, passed, report.Tests);
                report = report with { Failures = _report.Failures };
                _report = report;
            }

            return report;
        }
    }

    // Under _running. Tells and keeps what failed, and leads to the error state.
    private SelfTestReport Judge(IEnumerable<KnownAnswerTest> tests)
    {
        SelfTestAreas areas = _report.FailedAreas;
        List<string> failures = [];
        int count = 0;
        foreach (KnownAnswerTest test in tests)
        {
            count++;
            if (test.Run() is { } problem)
            {
                areas |= test.Area;
                failures.Add($"self-test {test.Name} failed: {problem}");
                Log.SelfTestFailed(_logger, test.Name, problem);
            }
        }

        var report = new SelfTestReport(count, _clock.GetUtcNow(), areas, failures);
        if (failures.Count > 0)
        {
            _report = report;
            _errors.Enter(failures[0]);
        }

        return report;
    }
}
