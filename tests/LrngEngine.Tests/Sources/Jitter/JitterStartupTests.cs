// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;
using LrngEngine.Sources.Jitter;

namespace LrngEngine.Tests.Sources.Jitter;

[TestFixture]
internal sealed class JitterStartupTests
{
    private const int First = 100; // reading of the first delta that is judged, after the warm-up

    [Test]
    public void A_jittering_clock_passes()
    {
        JitterStartupReport report = Run(ScriptedCounter.Jitter);
        Assert.That(report, Is.EqualTo(new JitterStartupReport(JitterStartupFinding.Passed, 1, "start-up test passed")));
    }

    [Test]
    public void A_stopped_counter_fails() =>
        Expect(_ => 0, JitterStartupFinding.CounterStopped, "does not run");

    [Test]
    public void A_counter_in_equal_steps_fails() =>
        Expect(_ => 5000, JitterStartupFinding.NoVariation, "all time deltas are equal");

    [Test]
    public void Variation_of_less_than_one_step_on_average_fails() =>
        Expect(read => 300 + (read % 3 == 0 ? 1 : 0), JitterStartupFinding.NoVariation, "less than one step");

    [Test]
    public void Less_than_one_step_on_average_fails_for_a_coarse_clock_too() =>
        Expect(read => 26 * (300 + (read % 3 == 0 ? 1 : 0)), JitterStartupFinding.NoVariation, "less than one step");

    [TestCase(999, JitterStartupFinding.Passed)]
    [TestCase(1000, JitterStartupFinding.TooCoarse)]
    public void The_step_of_the_clock_is_limited(int step, JitterStartupFinding finding)
    {
        JitterStartupReport report = Run(read => step * ScriptedCounter.Jitter(read));
        Assert.That(report.Finding, Is.EqualTo(finding));
        Assert.That(report.Divisor, Is.EqualTo(finding == JitterStartupFinding.Passed ? 999UL : 1UL));
    }

    [Test]
    public void One_odd_delta_does_not_hide_the_step() =>
        Assert.That(Run(read => (26 * ScriptedCounter.Jitter(read)) + (read == First + 500 ? 7 : 0)).Divisor, Is.EqualTo(26));

    [TestCase(3, JitterStartupFinding.Passed)]
    [TestCase(4, JitterStartupFinding.RunsBackwards)]
    public void The_counter_may_run_backwards_three_times(int times, JitterStartupFinding finding) =>
        Assert.That(
            Run(read => (read >= First && read < First + (10 * times) && read % 10 == 0 ? -1 : 1) * ScriptedCounter.Jitter(read)).Finding,
            Is.EqualTo(finding));

    // osr 20: RCT fails at 601, APT never. Every 31st delta differs from the one before, so 30 of 31 are stuck.
    [TestCase(31, JitterStartupFinding.Stuck)]
    [TestCase(9, JitterStartupFinding.Passed)]
    public void More_than_nine_in_ten_stuck_fail(int period, JitterStartupFinding finding) =>
        Assert.That(Run(read => 300 + (1000 * ((read / period) % 7)) + (read / period), 20).Finding, Is.EqualTo(finding));

    // osr 1: RCT fails at B = 31 and 61; the first equal delta is not stuck, B = 1.
    [TestCase(30, JitterStartupFinding.Passed)]
    [TestCase(31, JitterStartupFinding.HealthTest)]
    [TestCase(60, JitterStartupFinding.HealthTest)]
    [TestCase(61, JitterStartupFinding.PermanentHealthTest)]
    public void Runs_of_stuck_deltas_reach_the_repetition_count(int length, JitterStartupFinding finding) =>
        Assert.That(
            Run(read => read >= First + 20 && read < First + 20 + length ? 400 + ScriptedCounter.Jitter(0) : ScriptedCounter.Jitter(read), 1)
                .Finding,
            Is.EqualTo(finding));

    // osr 1: APT fails at 325 and 355 equal low bits of 512. Deltas that differ by multiples of 16 have the same symbol.
    [TestCase(320, JitterStartupFinding.Passed)]
    [TestCase(340, JitterStartupFinding.HealthTest)]
    [TestCase(512, JitterStartupFinding.PermanentHealthTest)]
    public void Equal_low_bits_reach_the_adaptive_proportion(int equal, JitterStartupFinding finding) =>
        Assert.That(
            Run(
                read => read >= First && read < First + equal
                    ? (16 * ScriptedCounter.Jitter(read)) + 5
                    : (16 * ScriptedCounter.Jitter(read)) + ((6 + (read % 15)) & 15),
                1).Finding,
            Is.EqualTo(finding));

    private static void Expect(Func<int, long> script, JitterStartupFinding finding, string reason)
    {
        JitterStartupReport report = Run(script);
        Assert.That(report.Finding, Is.EqualTo(finding));
        Assert.That(report.Reason, Does.Contain(reason));
    }

    private static JitterStartupReport Run(Func<int, long> script, int oversampling = 3)
    {
        using var arena = new SecretArena(4096);
        using var collector = new JitterCollector(new ScriptedCounter(script), arena, oversampling, 64 * 1024);
        return collector.RunStartup();
    }
}
