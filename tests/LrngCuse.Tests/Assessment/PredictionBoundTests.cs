// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Assessment;

namespace LrngCuse.Tests.Assessment;

/// <summary>P_local against a solution with eighty digits, where doubles are near their limits too.</summary>
[TestFixture]
internal sealed class PredictionBoundTests
{
    [TestCase(0.5, 23, 1165665, 0.5)]
    [TestCase(0.00396, 3, 999998, 0.00396)]
    [TestCase(0.004, 1, 99999, 0.004)]
    [TestCase(0.25, 10, 4097, 0.2841716456561916)]
    [TestCase(0.9, 500, 8000000, 0.96637316047913)]
    [TestCase(0.99713, 996956, 999998, 0.9999954405015575)]
    [TestCase(0.5, 4000, 4200, 0.9988074707854021)]
    [TestCase(0.3, 100000, 8000000, 0.9998859583935489)]
    public void The_local_bound_is_exact(double least, long run, long predictions, double expected) =>
        Assert.That(PredictionBound.Local(least, run, predictions), Is.EqualTo(expected).Within(1e-13));

    [Test]
    public void No_correct_prediction_has_a_bound_of_its_own() =>
        Assert.That(Math.Pow(1 - PredictionBound.Global(0, 1000), 1000), Is.EqualTo(0.01).Within(1e-12));

    [Test]
    public void Nothing_but_correct_predictions_leaves_no_entropy()
    {
        var tally = default(PredictionTally);
        for (int i = 0; i < 5000; i++)
        {
            tally.Hit();
        }

        Assert.That(PredictionBound.Of(tally, 5000, 256).MinEntropy, Is.Zero);
    }
}
