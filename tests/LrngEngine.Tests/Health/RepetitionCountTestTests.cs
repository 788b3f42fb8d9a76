// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;

namespace LrngEngine.Tests.Health;

[TestFixture]
internal sealed class RepetitionCountTestTests
{
    private static readonly HealthCutoff s_cutoff = HealthCutoff.ForRepetitionCount(1);

    [Test]
    public void A_run_of_C_samples_fails_and_one_of_C_minus_1_does_not()
    {
        HealthVerdict[] verdicts = Feed(Enumerable.Repeat(7UL, s_cutoff.Permanent + 1));

        // The n-th sample of the run gives B = n.
        Assert.Multiple(() =>
        {
            Assert.That(verdicts[..30], Is.All.EqualTo(HealthVerdict.Pass));
            Assert.That(verdicts[30..60], Is.All.EqualTo(HealthVerdict.IntermittentFailure));
            Assert.That(verdicts[60..], Is.All.EqualTo(HealthVerdict.PermanentFailure));
        });
    }

    [Test]
    public void Another_sample_ends_the_run()
    {
        IEnumerable<ulong> run = Enumerable.Repeat(7UL, s_cutoff.Intermittent - 1);
        Assert.That(Feed([.. run, 8UL, .. run, 9UL, .. run]), Is.All.EqualTo(HealthVerdict.Pass));
    }

    [Test]
    public void Zero_as_first_sample_is_no_repetition()
    {
        Assert.That(Feed(Enumerable.Repeat(0UL, 30)), Is.All.EqualTo(HealthVerdict.Pass));
        Assert.That(Feed(Enumerable.Repeat(0UL, 31))[^1], Is.EqualTo(HealthVerdict.IntermittentFailure));
    }

    [Test]
    public void Stuck_verdicts_count_as_repetitions()
    {
        var test = default(RepetitionCountTest);
        Assert.That(test.AddRepetition(false, s_cutoff), Is.EqualTo(HealthVerdict.Pass));
        for (int b = 2; b < s_cutoff.Intermittent; b++)
        {
            Assert.That(test.AddRepetition(true, s_cutoff), Is.EqualTo(HealthVerdict.Pass));
        }

        Assert.That(test.AddRepetition(true, s_cutoff), Is.EqualTo(HealthVerdict.IntermittentFailure));
        Assert.That(test.Count, Is.EqualTo(s_cutoff.Intermittent));
        Assert.That(test.AddRepetition(false, s_cutoff), Is.EqualTo(HealthVerdict.Pass));
        Assert.That(test.Count, Is.EqualTo(1));
    }

    private static HealthVerdict[] Feed(IEnumerable<ulong> samples)
    {
        var test = default(RepetitionCountTest);
        var verdicts = new List<HealthVerdict>();
        foreach (ulong sample in samples)
        {
            verdicts.Add(test.Add(sample, s_cutoff));
        }

        return [.. verdicts];
    }
}
