// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Assessment;

namespace LrngCuse.Tests.Assessment;

/// <summary>Agreement with NIST's tool, on every figure that it gives.</summary>
[TestFixture]
internal sealed class ReferenceFiguresTests
{
    private const double Tolerance = 1e-6;

    private static readonly Dictionary<string, AssessmentResult> s_results = [];

    private static IEnumerable<ReferenceData.Figure> Figures => ReferenceData.Figures;

    [TestCaseSource(nameof(Figures))]
    public void A_figure_of_the_reference_tool_is_met(object figure)
    {
        var expected = (ReferenceData.Figure)figure;
        Assert.That(ValueOf(Result(expected.Set, expected.Bits), expected), Is.EqualTo(expected.Value).Within(Tolerance));
    }

    [Test]
    public void Every_estimate_has_a_reference_figure()
    {
        int estimates = ReferenceData.Figures.Select(figure => (figure.Set, figure.Bits)).Distinct()
            .Select(set => Result(set.Set, set.Bits))
            .Sum(result => result.Literal.Count(estimate => estimate is not null) + (result.Bits?.Count ?? 0));
        Assert.That(ReferenceData.Figures.Count(figure => figure.Scope != "overall"), Is.EqualTo(estimates));
    }

    [Test]
    public void A_changed_sample_changes_the_figures()
    {
        byte[] samples = ReferenceData.Samples("normal8");
        samples.AsSpan(0, 1000).Clear();
        AssessmentResult changed = AssessmentResult.Of(SampleSet.Of(samples, 8), null);
        Assert.That(changed.MinEntropy, Is.Not.EqualTo(Result("normal8", 8).MinEntropy).Within(Tolerance));
    }

    private static AssessmentResult Result(string set, int bits)
    {
        if (!s_results.TryGetValue(set, out AssessmentResult? result))
        {
            result = AssessmentResult.Of(SampleSet.Of(ReferenceData.Samples(set), bits), null);
            s_results.Add(set, result);
        }

        return result;
    }

    private static double? ValueOf(AssessmentResult result, ReferenceData.Figure figure)
    {
        if (figure.Scope == "overall")
        {
            return figure.Name switch
            {
                "H_original" => result.OriginalEntropy,
                "H_bitstring" => result.BitEntropy,
                "H_bitstring Per Symbol" => result.Samples.BitsPerSymbol * result.BitEntropy,
                "Assessed min entropy" => result.MinEntropy,
                _ => null,
            };
        }

        IReadOnlyList<Estimate?>? estimates = figure.Scope == "literal" ? result.Literal : result.Bits;
        return Estimator.All.Zip(estimates!).Single(pair => pair.First.Name == figure.Name).Second?.MinEntropy;
    }
}
