// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>SP 800-90B 6.3.9: predicts what most often followed the last 1 to 16 symbols.</summary>
internal static class MultiMmcEstimator
{
    /// <summary>D, the longest context.</summary>
    internal const int Depth = 16;

    // Pairs of context and symbol that are counted for each length.
    private const int MaximumEntries = 100_000;

    /// <param name="sequence">Symbols, more than <paramref name="depth"/>.</param>
    /// <param name="depth">D, at most 16; another than the standard's only for its example.</param>
    internal static Estimate Of(SymbolSequence sequence, int depth = Depth) =>
        PredictionBound.Of(Predict(sequence, depth), sequence.Length - 2, sequence.AlphabetSize);

    internal static PredictionTally Predict(SymbolSequence sequence, int depth) => sequence.IsBinary
        ? new Run<BinaryContextModel>(new BinaryContextModel(sequence, depth), depth).Over(sequence.Symbols)
        : new Run<SymbolContextModel>(new SymbolContextModel(sequence, depth), depth).Over(sequence.Symbols);

    private sealed class Run<TModel>(TModel model, int depth)
        where TModel : struct, IContextModel
    {
        private readonly long[] _scores = new long[depth + 1];
        private readonly int[] _entries = new int[depth + 1];
        private TModel _model = model;
        private PredictionTally _tally;
        private int _winner = 1;

        internal PredictionTally Over(ReadOnlySpan<byte> symbols)
        {
            // The first context of each length is that of the beginning.
            for (int length = 1; length <= depth && length < symbols.Length; length++)
            {
                _model.MoveTo(length);
                Add(length, symbols[length]);
            }

            for (int i = 2; i < symbols.Length; i++)
            {
                _model.MoveTo(i);
                Step(symbols[i], Math.Min(depth, i - 1));
            }

            return _tally;
        }

        // A context that was never seen makes the longer ones unseen too. A model without a prediction leaves the run as it is,
        // as the public NIST tool has it: where that matters the estimate is the lower for it.
        private void Step(byte symbol, int longest)
        {
            int leader = _winner;
            bool known = true;
            for (int length = 1; length <= longest; length++)
            {
                int context = known ? _model.Find(length) : IContextModel.Unknown;
                known = context != IContextModel.Unknown;
                if (!known)
                {
                    if (_entries[length] < MaximumEntries)
                    {
                        Add(length, symbol);
                    }

                    continue;
                }

                Score(length, leader, _model.Best(length, context).Symbol == symbol);
                bool mayAdd = _entries[length] < MaximumEntries;
                _entries[length] += _model.Count(length, context, symbol, mayAdd) && mayAdd ? 1 : 0;
            }
        }

        private void Score(int length, int leader, bool hit)
        {
            if (hit && ++_scores[length] >= _scores[_winner])
            {
                _winner = length;
            }

            if (length == leader)
            {
                _tally.Count(hit);
            }
        }

        private void Add(int length, byte symbol)
        {
            _ = _model.Count(length, _model.FindOrAdd(length), symbol, mayAdd: true);
            _entries[length]++;
        }
    }
}
