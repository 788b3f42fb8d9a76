// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.Json;
using System.Xml.Linq;
using LrngCuse.Assessment;

namespace LrngCuse.Tests.Assessment;

/// <summary>The reports: text, JSON and HTML.</summary>
[TestFixture]
internal sealed class AssessmentReportTests
{
    private static readonly AssessmentTable s_table = AssessmentReport.Of(
        AssessmentResult.Of(SampleSet.Of(ReferenceData.Samples("normal8"), 8), null), "a<b>&\"c\".bin", ["few samples"]);

    [Test]
    public void The_text_names_every_estimator_and_the_result()
    {
        string text = AssessmentText.Of(s_table);
        Assert.That(Estimator.All.Where(estimator => !text.Contains(estimator.Name, StringComparison.Ordinal)), Is.Empty);
        Assert.That(text, Does.Contain("t-Tuple               6.3.5      4.717999   0.672190"));
        Assert.That(text, Does.Contain("H_bitstring: 0.489096 bits a bit (Compression), 3.912766 a symbol"));
        Assert.That(text, Does.EndWith("min-entropy: 3.912766 bits of 8 a symbol\n"));
    }

    [Test]
    public void The_json_has_the_figures_unrounded()
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(s_table.Document, AssessmentJson.Default.AssessmentDocument));
        JsonElement root = json.RootElement;
        Assert.That(root.GetProperty("min_entropy").GetDouble(), Is.EqualTo(3.912765528769333).Within(1e-9));
        Assert.That(root.GetProperty("h_original").GetDouble(), Is.EqualTo(4.7179985245153162).Within(1e-9));
        JsonElement collision = root.GetProperty("estimators")[1];
        Assert.That(collision.GetProperty("name").GetString(), Is.EqualTo("collision"));
        Assert.That(collision.TryGetProperty("literal", out _), Is.False);
        Assert.That(root.TryGetProperty("restart", out _), Is.False);
    }

    [Test]
    public void The_json_of_restart_tests_has_their_figures()
    {
        SampleSet samples = SampleSet.Of(TestSequences.Symbols(10_000, 16, 8), 4);
        RestartResult result = RestartTest.Of(samples, new RestartShape(100, 100), 1.5, null);
        AssessmentDocument document = RestartReport.Of(result, "restarts.bin", []).Document;
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(document, AssessmentJson.Default.AssessmentDocument));
        JsonElement restart = json.RootElement.GetProperty("restart");
        Assert.That(restart.GetProperty("h_i").GetDouble(), Is.EqualTo(1.5));
        Assert.That(restart.GetProperty("h_r").GetDouble(), Is.EqualTo(result.Rows.MinEntropy));
        Assert.That(restart.GetProperty("passed").GetBoolean(), Is.EqualTo(result.Passed));
    }

    [Test]
    public void The_html_is_well_formed_and_needs_no_other_file()
    {
        string html = AssessmentHtml.Of(s_table);

        // But for the empty elements of HTML it is XML.
        string xml = html.Replace("<!DOCTYPE html>\n", "", StringComparison.Ordinal)
            .Replace("utf-8\">", "utf-8\"/>", StringComparison.Ordinal)
            .Replace("device-width\">", "device-width\"/>", StringComparison.Ordinal);
        var document = XDocument.Parse(xml);
        Assert.That(document.Descendants("svg").Count(), Is.EqualTo(4));
        Assert.That(document.Descendants("tr").Count(), Is.EqualTo(1 + Estimator.All.Count));
        Assert.That(document.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "src" or "href"), Is.Empty);
        Assert.That(document.Descendants("title").Single().Value, Is.EqualTo("Min-entropy of a<b>&\"c\".bin"));
        Assert.That(html, Does.Not.Contain("NaN").And.Not.Contain("Infinity").And.Not.Contain("http"));
        Assert.That(html, Has.Length.LessThan(200_000));
    }

    [Test]
    public void Autocorrelation_finds_a_period()
    {
        double[] correlation = Autocorrelation.Of([.. Enumerable.Range(0, 10_000).Select(i => (byte)(i % 10))], 20);
        Assert.That(correlation, Has.Length.EqualTo(20));
        Assert.That(correlation[9], Is.EqualTo(1).Within(0.01));
        Assert.That(correlation[4], Is.Negative);
    }
}
