// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>SP 800-90B 3.1.4: whether samples that follow restarts are alike, or known in advance.</summary>
internal static class RestartTest
{
    /// <param name="samples">Row by row.</param>
    /// <param name="shape">Of as many samples.</param>
    /// <param name="initialEntropy">H_I, or null for the assessment of the row data set.</param>
    /// <param name="progress">Told of each estimate.</param>
    internal static RestartResult Of(SampleSet samples, RestartShape shape, double? initialEntropy, EstimatorRun.Progress? progress)
    {
        SymbolSequence rows = samples.Literal;
        var columns = new SymbolSequence(Transpose(rows.Symbols, shape), rows.AlphabetSize);
        SymbolSequence? bits = initialEntropy is null ? samples.ToBits() : null;
        Estimate?[][] estimates = EstimatorRun.Over(bits is null ? [rows, columns] : [rows, columns, bits], progress);
        double rowEntropy = AssessmentResult.Least(estimates[0], samples.BitsPerSymbol);
        double columnEntropy = AssessmentResult.Least(estimates[1], samples.BitsPerSymbol);
        double bitEntropy = bits is null ? 1 : AssessmentResult.Least(estimates[2], 1.0);
        double initial = initialEntropy ?? Math.Min(rowEntropy, samples.BitsPerSymbol * bitEntropy);
        double alpha = LargestCountBound.FalseAlarm(shape);
        var rowBound = new LargestCountBound(shape.Columns);
        var columnBound = new LargestCountBound(shape.Rows);
        return new RestartResult
        {
            Samples = samples,
            Shape = shape,
            InitialEntropy = initial,
            InitialIsGiven = initialEntropy is not null,
            Rows = Side(estimates[0], rowEntropy, LargestCount(rows.Symbols, shape.Columns), rowBound, initial, alpha),
            Columns = Side(estimates[1], columnEntropy, LargestCount(columns.Symbols, shape.Rows), columnBound, initial, alpha),
        };
    }

    private static RestartSide Side(
        Estimate?[] estimates, double minEntropy, int largestCount, LargestCountBound bound, double initialEntropy, double alpha) =>
        new(estimates, minEntropy, largestCount, bound.Cutoff(initialEntropy, alpha), bound.BinomialCutoff(initialEntropy, alpha));

    // The column data set of 3.1.4.1: the first samples of all restarts, then the second ones, and so on.
    private static byte[] Transpose(ReadOnlySpan<byte> rows, RestartShape shape)
    {
        byte[] columns = new byte[rows.Length];
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int column = 0; column < shape.Columns; column++)
            {
                columns[column * shape.Rows + row] = rows[row * shape.Columns + column];
            }
        }

        return columns;
    }

    private static int LargestCount(ReadOnlySpan<byte> symbols, int length)
    {
        Span<int> counts = stackalloc int[256];
        int largest = 0;
        for (int start = 0; start < symbols.Length; start += length)
        {
            counts.Clear();
            foreach (byte symbol in symbols.Slice(start, length))
            {
                largest = Math.Max(largest, ++counts[symbol]);
            }
        }

        return largest;
    }
}
