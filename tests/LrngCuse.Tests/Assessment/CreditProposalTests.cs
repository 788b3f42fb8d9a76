// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Assessment;
using LrngCuse.Hosting.Configuration;

namespace LrngCuse.Tests.Assessment;

/// <summary>The credit that follows from an assessment: half of the lowest estimate at most, and never above LRNG's own.</summary>
[TestFixture]
internal sealed class CreditProposalTests
{
    private static readonly AssessedPlatform s_platform = new("6.12.0", "X64", "Some CPU", 2, "none visible");

    // events = 256 / (H / 2), at least 256
    [TestCase("irq", 7.5, "256")]
    [TestCase("irq", 2, "256")]
    [TestCase("sched", 1.99, "258")]
    [TestCase("sched", 1, "512")]
    [TestCase("irq", 0.3, "1707")]
    [TestCase("irq", 1e-6, "512000000")]
    [TestCase("irq", 1e-7, "none")]
    [TestCase("irq", 0, "none")]

    // credit = 320 * 3 * (H / 2) - 64, at most 256
    [TestCase("jitter", 5, "256")]
    [TestCase("jitter", 2.0 / 3, "256")]
    [TestCase("jitter", 0.66, "252")]
    [TestCase("jitter", 0.5, "176")]
    [TestCase("jitter", 0.14, "3")]
    [TestCase("jitter", 0.13, "0")]
    public void Half_of_the_lowest_estimate_is_credited(string source, double minEntropy, string value)
    {
        AppliedDocument applied = Applied(source, Document(minEntropy));
        Assert.That(applied.Setting.Value, Is.EqualTo(value));
        Assert.That(applied.CreditedEntropy, Is.LessThanOrEqualTo(minEntropy / 2));
        Assert.That(applied.CreditedEntropy > 0, Is.EqualTo(value is not ("none" or "0")));
    }

    [TestCase("irq", "none")]
    [TestCase("jitter", "0")]
    public void Less_than_a_million_samples_earn_nothing(string source, string none)
    {
        AppliedDocument applied = Applied(source, Document(4) with { Samples = 999_999 });
        Assert.That(applied.Setting.Value, Is.EqualTo(none));
        Assert.That(applied.CreditedEntropy, Is.Zero);
        Assert.That(applied.Reason, Does.StartWith("no credit: 999999 samples"));
        Assert.That(applied.Configuration, Has.Some.Contains("no credit: 999999 samples"));
    }

    [TestCase(1000, 1000, true, "512")]
    [TestCase(1000, 1000, false, "none")]
    [TestCase(999, 1002, true, "none")]
    [TestCase(1002, 999, true, "none")]
    public void Restart_tests_must_be_complete_and_pass(int rows, int columns, bool passed, string value) =>
        Assert.That(Applied("irq", Document(1) with { Restart = Restart(rows, columns, passed) }).Setting.Value, Is.EqualTo(value));

    [Test]
    public void The_lowest_estimate_has_a_name()
    {
        Assert.That(Applied("irq", Document(3)).LowestEstimate, Is.EqualTo(new LowestEstimateDocument(3, "lag bitstring")));
        AssessmentDocument none = Document(8) with { Estimators = [] };
        Assert.That(Applied("irq", none).LowestEstimate, Is.EqualTo(new LowestEstimateDocument(8, null)));
        AssessmentDocument restart = Document(1) with { Restart = Restart(1000, 1000, true) };
        Assert.That(Applied("irq", restart).LowestEstimate, Is.EqualTo(new LowestEstimateDocument(0.75, "h_i")));
    }

    // What is printed goes into a file as it is.
    [Test]
    public void The_daemon_takes_the_lines(
        [Values("irq", "sched", "jitter")] string source, [Values(0, 0.1, 0.5, 1, 8)] double minEntropy)
    {
        AppliedDocument applied = Applied(source, Document(minEntropy));
        IniEntry entry = IniFile.Parse(applied.Configuration, "proposal", []).Single();
        Setting setting = DaemonSettings.All.Single(one => one.Key == entry.Key);
        Assert.That(setting.IsValid(entry.Value), $"{entry.Key} = {entry.Value}");
        Assert.That(entry.Value, Is.EqualTo(applied.Setting.Value));
    }

    private static AppliedDocument Applied(string source, AssessmentDocument document)
    {
        SampleSet samples = SampleSet.Of(TestSequences.Symbols(5000, 16, 1), 8);
        AssessmentTable table = new()
        {
            File = document.File,
            Samples = samples,
            Warnings = [],
            Headings = ("literal", "bitstring"),
            Estimates = [],
            Conclusions = [],
            Document = document,
        };
        return CreditProposal.Apply(table, AssessedSource.Parse(source), s_platform, DateTimeOffset.UnixEpoch).Document.Applied!;
    }

    private static AssessmentDocument Document(double minEntropy) => new()
    {
        Schema = 1,
        Version = "0",
        File = "samples",
        Samples = 1_000_000,
        BitsPerSymbol = 8,
        DistinctSymbols = 256,
        Warnings = [],
        Estimators =
        [
            new EstimatorDocument { Name = "markov", Clause = "6.3.3", Literal = 7 },
            new EstimatorDocument { Name = "lag", Clause = "6.3.8", Literal = 7.5, Bitstring = minEntropy / 8 },
        ],
        MinEntropy = minEntropy,
    };

    private static RestartDocument Restart(int rows, int columns, bool passed) => new()
    {
        Rows = rows,
        Columns = columns,
        HI = 0.75,
        HIGiven = true,
        HR = 2,
        HC = 2,
        LargestCountRows = 1,
        LargestCountColumns = 1,
        CutoffRows = 2,
        CutoffColumns = 2,
        BinomialCutoffRows = 2,
        BinomialCutoffColumns = 2,
        SanityCheckPassed = passed,
        ValidationPassed = passed,
        Passed = passed,
    };
}
