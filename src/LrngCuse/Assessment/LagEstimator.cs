// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LrngCuse.Assessment;

/// <summary>SP 800-90B 6.3.8: predicts the symbol of 1 to 128 steps ago, whichever lag was right most often.</summary>
internal static class LagEstimator
{
    /// <summary>D, the greatest lag.</summary>
    internal const int Lags = 128;

    /// <param name="sequence">Symbols.</param>
    /// <param name="lags">D, at most 128; another than the standard's only for its example.</param>
    internal static Estimate Of(SymbolSequence sequence, int lags = Lags) =>
        PredictionBound.Of(Predict(sequence.Symbols, lags), sequence.Length - 1, sequence.AlphabetSize);

    internal static PredictionTally Predict(ReadOnlySpan<byte> symbols, int lags)
    {
        Debug.Assert(lags is > 0 and <= Lags);
        var tally = default(PredictionTally);
        var board = new Board(stackalloc int[lags]);
        for (int i = 1; i < symbols.Length; i++)
        {
            tally.Count(symbols[i - 1 - board.Winner] == symbols[i]);
            if (i < Lags || lags < Lags)
            {
                for (int lag = 0; lag < lags && lag < i; lag++)
                {
                    if (symbols[i - 1 - lag] == symbols[i])
                    {
                        board.Add(lag);
                    }
                }
            }
            else
            {
                AddMatches(ref board, symbols.Slice(i - Lags, Lags), symbols[i]);
            }
        }

        return tally;
    }

    // The lags ascend from the end of the history to its start: from the highest bit of the last vector downwards.
    private static void AddMatches(ref Board board, ReadOnlySpan<byte> history, byte symbol)
    {
        ref byte start = ref MemoryMarshal.GetReference(history);
        Vector128<byte> wanted = Vector128.Create(symbol);
        for (int offset = Lags - 16; offset >= 0; offset -= 16)
        {
            Vector128<byte> part = Vector128.LoadUnsafe(ref start, (nuint)offset);
            uint matches = Vector128.Equals(part, wanted).ExtractMostSignificantBits();
            while (matches != 0)
            {
                int bit = BitOperations.Log2(matches);
                board.Add(Lags - 1 - offset - bit);
                matches ^= 1u << bit;
            }
        }
    }

    /// <summary>The score of each lag (index: lag - 1), and the lag that leads.</summary>
    private ref struct Board
    {
        private readonly Span<int> _scores;
        private int _highest;

        internal Board(Span<int> scores)
        {
            _scores = scores;
            _scores.Clear();
        }

        internal int Winner { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Add(int lag)
        {
            int score = ++_scores[lag];
            if (score >= _highest)
            {
                _highest = score;
                Winner = lag;
            }
        }
    }
}
