// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngCuse.Device;

/// <summary>Counts answered reads and how long they took, by mode. Thread-safe, and cheap enough for the read path: threads add to
/// stripes of their own, which are summed up when somebody asks.</summary>
internal sealed class RequestTally
{
    private const int Stripes = 16;

    // In ns. From the shortest read that was measured, by half decades while a read computes, by decades where it waits for noise.
    private static readonly long[] s_bounds =
    [
        1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 60_000_000_000,
    ];

    private static readonly string[] s_modes = ["blocking", "nonblocking", "prediction_resistant", "urandom"];

    // Of each mode: reads for each bound, those beyond the last one, and the sum of all times.
    private static readonly int s_cells = s_bounds.Length + 2;

    private readonly long[][] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new long[s_modes.Length * s_cells])];

    /// <summary>Upper bounds of the histogram in seconds; a last bucket has none.</summary>
    internal static IReadOnlyList<double> BoundsSeconds { get; } = [.. s_bounds.Select(bound => bound / 1e9)];

    /// <param name="mode">What was asked for.</param>
    /// <param name="began">When the request came, by <see cref="Stopwatch.GetTimestamp"/>.</param>
    internal void Add(in ReadMode mode, long began) => Add(mode, Stopwatch.GetElapsedTime(began));

    internal void Add(in ReadMode mode, TimeSpan took)
    {
        long nanoseconds = took.Ticks * TimeSpan.NanosecondsPerTick;
        int bucket = 0;
        while (bucket < s_bounds.Length && nanoseconds > s_bounds[bucket])
        {
            bucket++;
        }

        long[] stripe = _stripes[Environment.CurrentManagedThreadId % Stripes];
        int first = IndexOf(mode) * s_cells;
        Interlocked.Increment(ref stripe[first + bucket]);
        Interlocked.Add(ref stripe[first + s_cells - 1], nanoseconds);
    }

    /// <summary>What was counted so far, a line for each mode.</summary>
    internal IReadOnlyList<RequestCount> Read() => [.. s_modes.Select(ReadMode)];

    private static int IndexOf(in ReadMode mode) => mode switch
    {
        { Node: DeviceNode.Urandom } => 3,
        { PredictionResistant: true } => 2,
        { NonBlocking: true } => 1,
        _ => 0,
    };

    private RequestCount ReadMode(string name, int index)
    {
        long[] sum = new long[s_cells];
        foreach (long[] stripe in _stripes)
        {
            for (int i = 0; i < s_cells; i++)
            {
                sum[i] += Interlocked.Read(ref stripe[(index * s_cells) + i]);
            }
        }

        return new RequestCount(name, sum[..^1], sum[^1] / 1e9);
    }
}
