// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>The pictures of the HTML report.</summary>
internal static class AssessmentPictures
{
    private const int Lags = 1024;
    private const int SeriesPoints = 600;

    /// <summary>How often each value occurs.</summary>
    internal static string Histogram(SampleSet samples)
    {
        int values = 1 << samples.BitsPerSymbol;
        int[] counts = new int[values];
        foreach (byte sample in samples.Samples.Span)
        {
            counts[sample]++;
        }

        var picture = new Svg("histogram of the samples", (0, values), (0, counts.Max()));
        for (int value = 0; value < values; value++)
        {
            picture.Bar(value, value + 1, counts[value]);
        }

        return picture.ToString();
    }

    /// <summary>The samples in order: of each piece of the series a stroke from its least to its greatest value.</summary>
    internal static string Series(SampleSet samples)
    {
        ReadOnlySpan<byte> all = samples.Samples.Span;
        int points = Math.Min(SeriesPoints, all.Length);
        var strokes = new List<(double X, double From, double To)>(points);
        for (int point = 0; point < points; point++)
        {
            int start = (int)((long)all.Length * point / points);
            int end = (int)((long)all.Length * (point + 1) / points);
            byte least = byte.MaxValue;
            byte greatest = 0;
            foreach (byte sample in all[start..end])
            {
                least = Math.Min(least, sample);
                greatest = Math.Max(greatest, sample);
            }

            strokes.Add((start, least, greatest));
        }

        int highest = (1 << samples.BitsPerSymbol) - 1;
        var picture = new Svg("the samples in order, least to greatest of each piece", (0, all.Length), (0, highest));
        picture.Strokes(strokes);
        return picture.ToString();
    }

    /// <summary>The correlation with each of the last 1024 samples, and what independent samples leave once in a hundred times.</summary>
    internal static string Correlation(SampleSet samples)
    {
        double[] correlation = Autocorrelation.Of(samples.Samples.Span, Lags);
        double bound = Confidence.Z / Math.Sqrt(samples.Samples.Length);
        double range = Math.Max(2 * bound, correlation.Max(Math.Abs));
        var picture = new Svg("autocorrelation by lag", (0, correlation.Length + 1), (-range, range));
        picture.Strokes(correlation.Select((value, i) => (i + 1.0, 0.0, value)));
        picture.HorizontalLine(bound);
        picture.HorizontalLine(-bound);
        return picture.ToString();
    }

    /// <summary>A bar for each estimate: those of both columns beside each other, in bits a symbol.</summary>
    internal static string Estimates(AssessmentTable table)
    {
        int bits = table.Samples.BitsPerSymbol;
        double scale = table.Headings.Second == "bitstring" ? bits : 1;
        var picture = new Svg("min-entropy by estimator, bits a symbol", (0, table.Estimates.Count), (0, bits));
        for (int i = 0; i < table.Estimates.Count; i++)
        {
            (Estimate? first, Estimate? second) = table.Estimates[i];
            picture.Bar(i + 0.1, i + 0.5, first?.MinEntropy ?? 0);
            picture.Bar(i + 0.55, i + 0.9, scale * second?.MinEntropy ?? 0);
            picture.Label(picture.X(i + 0.5), picture.Y(0) + 14, "middle", Estimator.All[i].Name.Split(' ')[0]);
        }

        picture.HorizontalLine(table.Document.MinEntropy);
        return picture.ToString();
    }
}
