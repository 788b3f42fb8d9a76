// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;
using LrngEngine.Sources.Jitter;

namespace LrngEngine.Tests.Sources.Jitter;

/// <summary>The tests of the jitter source fail at the very sample that the formulas of SP 800-90B 4.4 name, and no other test does.</summary>
[TestFixture]
internal sealed class JitterHealthTests
{
    // Low four bits of every delta that is meant to be the same symbol.
    private const ulong Symbol = 5;

    [TestCase(1, 31, 61)]
    [TestCase(3, 91, 181)]
    public void Equal_deltas_fail_the_repetition_count_test_at_both_cut_offs(int oversampling, int intermittent, int permanent) =>
        AssertFailures(oversampling, HealthTest.RepetitionCount, intermittent, permanent, sample => sample < 2 ? Noise(sample) : Noise(1));

    [TestCase(1, 325, 355)]
    [TestCase(3, 458, 479)]
    public void Deltas_of_one_symbol_fail_the_adaptive_proportion_test_at_both_cut_offs(int oversampling, int intermittent, int permanent) =>
        AssertFailures(oversampling, HealthTest.AdaptiveProportion, intermittent, permanent, sample => (Noise(sample) & ~0xfUL) | Symbol);

    [Test]
    public void Noise_fails_nothing()
    {
        JitterHealth health = default;
        var cutoffs = new NoiseCutoffs(1);
        for (int sample = 0; sample < 100_000; sample++)
        {
            Assert.That(health.Add(Noise(sample), cutoffs, out _), Is.EqualTo(HealthVerdict.Pass));
        }
    }

    // B is 1 at the first sample of the fault, so that it is C at the C-th.
    private static void AssertFailures(int oversampling, HealthTest test, int intermittent, int permanent, Func<int, ulong> deltaAt)
    {
        JitterHealth health = default;
        var cutoffs = new NoiseCutoffs(1.0 / oversampling);
        int first = test == HealthTest.RepetitionCount ? 1 : 0;
        for (int sample = 0; sample < first + permanent; sample++)
        {
            HealthVerdict verdict = health.Add(deltaAt(sample), cutoffs, out bool stuck);
            int count = sample - first + 1;
            HealthVerdict expected = count >= permanent ? HealthVerdict.PermanentFailure
                : count >= intermittent ? HealthVerdict.IntermittentFailure
                : HealthVerdict.Pass;
            Assert.That(verdict, Is.EqualTo(expected), $"sample {count} of the fault");
            Assert.That(stuck, Is.EqualTo(test == HealthTest.RepetitionCount && count > 1), $"sample {count} of the fault");
            if (verdict != HealthVerdict.Pass)
            {
                Assert.That(health.Failure(verdict, cutoffs), Is.EqualTo(new HealthFailure(verdict, test, count)));
            }
        }
    }

    // SplitMix64 in short: 20 bits that look like noise.
    private static ulong Noise(int sample)
    {
        ulong x = ((ulong)sample + 1) * 0x9E3779B97F4A7C15;
        x ^= x >> 29;
        x *= 0xBF58476D1CE4E5B9;
        return 5000 + (x >> 44);
    }
}
