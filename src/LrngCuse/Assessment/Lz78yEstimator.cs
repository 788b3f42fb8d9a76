// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>SP 800-90B 6.3.10: predicts from a dictionary of contexts as LZ78 builds it, by the highest count of all lengths.</summary>
internal static class Lz78yEstimator
{
    /// <summary>B, the longest context.</summary>
    internal const int Depth = 16;

    // Contexts of all lengths together.
    private const int MaximumContexts = 65_536;

    /// <param name="sequence">Symbols, at least B + 3.</param>
    /// <param name="depth">B, at most 16; another than the standard's only for its example.</param>
    internal static Estimate Of(SymbolSequence sequence, int depth = Depth) =>
        PredictionBound.Of(Predict(sequence, depth), sequence.Length - depth - 1, sequence.AlphabetSize);

    internal static PredictionTally Predict(SymbolSequence sequence, int depth) => sequence.IsBinary
        ? new Run<BinaryContextModel>(new BinaryContextModel(sequence, depth), depth).Over(sequence.Symbols)
        : new Run<SymbolContextModel>(new SymbolContextModel(sequence, depth), depth).Over(sequence.Symbols);

    private sealed class Run<TModel>(TModel model, int depth)
        where TModel : struct, IContextModel
    {
        private TModel _model = model;
        private int _contexts;

        internal PredictionTally Over(ReadOnlySpan<byte> symbols)
        {
            var tally = default(PredictionTally);
            _model.MoveTo(depth);
            for (int length = depth; length > 0; length--)
            {
                Add(length, symbols[depth]);
            }

            for (int i = depth + 1; i < symbols.Length; i++)
            {
                _model.MoveTo(i);
                tally.Count(Predicts(symbols[i]));
            }

            return tally;
        }

        // The longest context wins a tie.
        private bool Predicts(byte symbol)
        {
            int highest = 0;
            byte prediction = 0;
            for (int length = depth; length > 0; length--)
            {
                int context = _model.Find(length);
                if (context == IContextModel.Unknown)
                {
                    if (_contexts < MaximumContexts)
                    {
                        Add(length, symbol);
                    }

                    continue;
                }

                (int count, byte best) = _model.Best(length, context);
                if (count > highest)
                {
                    highest = count;
                    prediction = best;
                }

                _ = _model.Count(length, context, symbol, mayAdd: true);
            }

            return highest > 0 && prediction == symbol;
        }

        private void Add(int length, byte symbol)
        {
            _ = _model.Count(length, _model.FindOrAdd(length), symbol, mayAdd: true);
            _contexts++;
        }
    }
}
