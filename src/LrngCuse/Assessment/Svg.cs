// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Net;
using System.Text;

namespace LrngCuse.Assessment;

/// <summary>A picture of one plot with a frame and its axes' ends named, as SVG inside HTML.</summary>
internal sealed class Svg
{
    private const int Width = 720;
    private const int Height = 240;
    private const int Left = 60;
    private const int Bottom = 28;
    private const int Margin = 8;

    private readonly StringBuilder _text = new();
    private readonly (double From, double To) _x;
    private readonly (double From, double To) _y;

    /// <param name="title">What is shown, for who cannot see it.</param>
    /// <param name="x">Values at the left and right ends.</param>
    /// <param name="y">Values at the lower and upper ends.</param>
    internal Svg(string title, (double From, double To) x, (double From, double To) y)
    {
        _x = x;
        _y = y.To > y.From ? y : (y.From, y.From + 1);
        _ = Append($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">\n");
        _ = Append($"<path class=\"frame\" d=\"M{Left} {Margin}V{Height - Bottom}H{Width - Margin}\"/>\n");
        Label(Left - 6, Height - Bottom, "end", Number(_y.From));
        Label(Left - 6, Margin + 10, "end", Number(_y.To));
        Label(Left, Height - 8, "start", Number(x.From));
        Label(Width - Margin, Height - 8, "end", Number(x.To));
    }

    internal double X(double value) => Left + (value - _x.From) / (_x.To - _x.From) * (Width - Margin - Left);

    internal double Y(double value) => Height - Bottom - (value - _y.From) / (_y.To - _y.From) * (Height - Bottom - Margin);

    /// <summary>A box from the lower end, or from 0, to <paramref name="value"/>.</summary>
    internal void Bar(double from, double to, double value)
    {
        double zero = Y(Math.Max(0, _y.From));
        double top = Math.Min(zero, Y(value));
        double height = Math.Abs(zero - Y(value));
        _ = Append($"<rect x=\"{X(from):F1}\" y=\"{top:F1}\" width=\"{Math.Max(0.5, X(to) - X(from)):F1}\" height=\"{height:F1}\"/>\n");
    }

    /// <summary>Vertical strokes: at each x from one value to another.</summary>
    internal void Strokes(IEnumerable<(double X, double From, double To)> strokes)
    {
        _ = _text.Append("<path class=\"line\" d=\"");
        foreach ((double x, double from, double to) in strokes)
        {
            _ = Append($"M{X(x):F1} {Y(from):F1}V{Y(to) - 0.5:F1}");
        }

        _ = _text.Append("\"/>\n");
    }

    internal void HorizontalLine(double value) => Append($"<path class=\"bound\" d=\"M{Left} {Y(value):F1}H{Width - Margin}\"/>\n");

    internal void Label(double x, double y, string anchor, string text) =>
        Append($"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(text)}</text>\n");

    public override string ToString() => $"{_text}</svg>\n";

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private StringBuilder Append(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture));
}
