// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;

namespace LrngCuse.Assessment;

/// <summary>The matrix of SP 800-90B 3.1.4.1: a row for each restart, a column for each sample after it.</summary>
/// <param name="Rows">Restarts.</param>
/// <param name="Columns">Samples after each.</param>
internal readonly record struct RestartShape(int Rows, int Columns)
{
    // The cut-off of the sanity check is exact, at a cost that grows with the square.
    internal const int Maximum = 4096;

    /// <summary>1000 restarts with 1000 samples each.</summary>
    internal static RestartShape Standard { get; } = new(1000, 1000);

    internal int Samples => Rows * Columns;

    /// <summary>ROWSxCOLUMNS.</summary>
    internal static bool TryParse(string text, out RestartShape shape)
    {
        string[] parts = text.Split('x');
        int columns = 0;
        bool valid = parts.Length == 2 && TryParseSide(parts[0], out int rows) & TryParseSide(parts[1], out columns);
        shape = valid ? new RestartShape(int.Parse(parts[0], CultureInfo.InvariantCulture), columns) : default;
        return valid;
    }

    public override string ToString() => $"{Rows}x{Columns}";

    private static bool TryParseSide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 2 and <= Maximum;
}
