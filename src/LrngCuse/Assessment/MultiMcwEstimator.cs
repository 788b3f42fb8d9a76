// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>SP 800-90B 6.3.7: predicts the most common value of the last 63, 255, 1023 or 4095 symbols.</summary>
internal static class MultiMcwEstimator
{
    private static readonly int[] s_windows = [63, 255, 1023, 4095];

    internal static Estimate Of(SymbolSequence sequence) => Of(sequence, s_windows);

    /// <param name="sequence">At least as many symbols as the widest window.</param>
    /// <param name="widths">Window widths, ascending; others than the standard's only for its example.</param>
    internal static Estimate Of(SymbolSequence sequence, ReadOnlySpan<int> widths) =>
        PredictionBound.Of(Predict(sequence, widths), sequence.Length - widths[0], sequence.AlphabetSize);

    internal static PredictionTally Predict(SymbolSequence sequence, ReadOnlySpan<int> widths)
    {
        ReadOnlySpan<byte> symbols = sequence.Symbols;
        var windows = new Window[widths.Length];
        for (int j = 0; j < windows.Length; j++)
        {
            windows[j] = new Window(widths[j], sequence.AlphabetSize);
        }

        var tally = default(PredictionTally);
        int winner = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            byte symbol = symbols[i];
            if (i >= widths[0])
            {
                tally.Count(windows[winner].MostCommon == symbol);
            }

            for (int j = 0; j < windows.Length; j++)
            {
                Window window = windows[j];
                if (i >= widths[j] && window.MostCommon == symbol && ++window.Score >= windows[winner].Score)
                {
                    winner = j;
                }

                window.Slide(symbols, i);
            }
        }

        return tally;
    }

    /// <summary>The counts of the last symbols; of several most common ones, the most recent is taken.</summary>
    private sealed class Window(int width, int alphabetSize)
    {
        private readonly int[] _counts = new int[alphabetSize];
        private readonly int[] _latest = new int[alphabetSize];

        internal byte MostCommon { get; private set; }

        internal long Score { get; set; }

        /// <summary>Takes in the symbol at <paramref name="i"/>, and drops the one that leaves the window.</summary>
        internal void Slide(ReadOnlySpan<byte> symbols, int i)
        {
            byte symbol = symbols[i];
            _counts[symbol]++;
            _latest[symbol] = i;
            if (i >= width)
            {
                byte leaving = symbols[i - width];
                _counts[leaving]--;
                if (leaving == MostCommon)
                {
                    Search();
                    return;
                }
            }

            if (_counts[symbol] >= _counts[MostCommon])
            {
                MostCommon = symbol;
            }
        }

        private void Search()
        {
            int best = 0;
            for (int symbol = 1; symbol < _counts.Length; symbol++)
            {
                int lead = _counts[symbol] - _counts[best];
                best = lead > 0 || (lead == 0 && _latest[symbol] > _latest[best]) ? symbol : best;
            }

            MostCommon = (byte)best;
        }
    }
}
