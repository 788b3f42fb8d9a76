// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;

namespace LrngEngine.Tests.Health;

[TestFixture]
internal sealed class AdaptiveProportionTestTests
{
    private const int W = HealthCutoff.AptWindow;
    private static readonly HealthCutoff s_cutoff = HealthCutoff.ForAdaptiveProportion(1);

    [Test]
    public void The_window_fails_when_the_base_sample_occurs_C_times_itself_included()
    {
        HealthVerdict[] verdicts = Feed(Enumerable.Repeat(5UL, W));

        Assert.Multiple(() =>
        {
            Assert.That(verdicts[..324], Is.All.EqualTo(HealthVerdict.Pass));
            Assert.That(verdicts[324..354], Is.All.EqualTo(HealthVerdict.IntermittentFailure));
            Assert.That(verdicts[354..], Is.All.EqualTo(HealthVerdict.PermanentFailure));
        });
    }

    [TestCase(324, HealthVerdict.Pass)]
    [TestCase(325, HealthVerdict.IntermittentFailure)]
    [TestCase(354, HealthVerdict.IntermittentFailure)]
    [TestCase(355, HealthVerdict.PermanentFailure)]
    public void Spread_over_the_window_the_count_decides(int occurrences, HealthVerdict worst) =>
        Assert.That(Feed(Window(occurrences)).Max(), Is.EqualTo(worst));

    [Test]
    public void Counts_of_two_windows_are_not_added() =>
        Assert.That(Feed([.. Window(324), .. Window(324)]), Is.All.EqualTo(HealthVerdict.Pass));

    [Test]
    public void The_sample_after_a_window_is_the_next_base()
    {
        // 511 other samples follow the base 5; sample 513 is 6, and only 6 counts from there on.
        IEnumerable<ulong> first = [5UL, .. Enumerable.Range(100, W - 1).Select(x => (ulong)x)];
        HealthVerdict[] verdicts = Feed([.. first, .. Enumerable.Repeat(6UL, 325)]);
        Assert.That(verdicts[^2], Is.EqualTo(HealthVerdict.Pass));
        Assert.That(verdicts[^1], Is.EqualTo(HealthVerdict.IntermittentFailure));
    }

    [Test]
    public void An_inactive_cutoff_never_fires() =>
        Assert.That(
            Feed(Enumerable.Repeat(5UL, 3 * W), HealthCutoff.ForAdaptiveProportion(1.0 / 20)), Is.All.EqualTo(HealthVerdict.Pass));

    // The base sample in the first place and, all in all, so many times, the others at the end.
    private static IEnumerable<ulong> Window(int occurrences)
    {
        IEnumerable<ulong> others = Enumerable.Range(100, W - occurrences).Select(x => (ulong)x);
        IEnumerable<ulong> equal = Enumerable.Repeat(5UL, occurrences - 1);
        return [5UL, .. others, .. equal];
    }

    private static HealthVerdict[] Feed(IEnumerable<ulong> samples, HealthCutoff? cutoff = null)
    {
        var test = default(AdaptiveProportionTest);
        var verdicts = new List<HealthVerdict>();
        foreach (ulong sample in samples)
        {
            verdicts.Add(test.Add(sample, cutoff ?? s_cutoff));
        }

        return [.. verdicts];
    }
}
