// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Collections.Concurrent;

namespace LrngCuse.Assessment;

/// <summary>All estimators over some sequences, on all CPUs that the process may use.</summary>
internal static class EstimatorRun
{
    /// <summary>Called as estimates arrive: how many there are, how many there will be, and the name of the last one.</summary>
    internal delegate void Progress(int done, int total, string name);

    /// <returns>For each sequence an estimate for each estimator, in the order of the standard; null where it does not apply.</returns>
    internal static Estimate?[][] Over(IReadOnlyList<SymbolSequence> sequences, Progress? progress)
    {
        var results = new Estimate?[sequences.Count][];
        var work = new List<(int Sequence, int Estimator)>();
        for (int s = 0; s < sequences.Count; s++)
        {
            results[s] = new Estimate?[Estimator.All.Count];
            for (int e = 0; e < Estimator.All.Count; e++)
            {
                if (Estimator.All[e].AppliesTo(sequences[s]))
                {
                    work.Add((s, e));
                }
            }
        }

        Run(sequences, work, results, progress);
        return results;
    }

    private static void Run(
        IReadOnlyList<SymbolSequence> sequences, List<(int Sequence, int Estimator)> work, Estimate?[][] results, Progress? progress)
    {
        var gate = new Lock();
        int done = 0;
        IEnumerable<(int Sequence, int Estimator)> ordered =
            work.OrderByDescending(item => Urgency(sequences[item.Sequence], item.Estimator));
        Parallel.ForEach(Partitioner.Create(ordered, EnumerablePartitionerOptions.NoBuffering), item =>
        {
            Estimator estimator = Estimator.All[item.Estimator];
            Estimate estimate = estimator.Run(sequences[item.Sequence]);
            lock (gate)
            {
                results[item.Sequence][item.Estimator] = estimate;
                progress?.Invoke(++done, work.Count, estimator.Name);
            }
        });
    }

    // The repeated strings take longest and are searched for the t-tuple estimate, so that comes first; the other one that needs them
    // comes last, or it would wait.
    private static long Urgency(SymbolSequence sequence, int estimator) => Estimator.All[estimator].Key switch
    {
        "t_tuple" => long.MaxValue / 2 + sequence.Length,
        "lrs" => -1,
        _ => sequence.Length,
    };
}
