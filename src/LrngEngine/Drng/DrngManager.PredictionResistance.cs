// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// Prediction resistance (SP 800-90A 9.3.3; reference 3.8): every 32 bytes come from a DRNG that was reseeded for them, and are
// never more than the entropy of that reseeding. In SP 800-90C mode the reseeding has 64 bits more than its output (RBG3(RS)).

using System.Diagnostics;
using System.Security.Cryptography;
using LrngEngine.Seeding;

namespace LrngEngine.Drng;

internal sealed partial class DrngManager
{
    /// <summary>Most bytes that one pull pays for: the security strength.</summary>
    internal const int PredictionResistantChunkBytes = SecurityStrengthBits / 8;

    // Callers get their pulls in the order in which they came. Taken before _seedingLock.
    private readonly ArrivalOrder _turns = new();

    // Guarded by _seedingLock: it gives no output except under the pull that paid for it.
    private Crypto.Drng _predictionResistance;
    private bool _predictionResistanceInstantiated;

    // Written under _seedingLock, read with Interlocked.
    private long _predictionResistancePulls;
    private long _predictionResistanceBytes;

    /// <summary>
    /// One pull: reseeds the prediction-resistance DRNG from the sources, repeatedly while they are weak, and generates.
    /// </summary>
    /// <param name="output">1..<see cref="PredictionResistantChunkBytes"/> bytes wanted.</param>
    /// <returns>Bytes written: all of <paramref name="output"/>, or fewer, down to 0, when the sources are drained; never more
    /// than the credited bits of this pull divided by 8.</returns>
    internal int PullPredictionResistant(Span<byte> output)
    {
        Debug.Assert(output.Length is > 0 and <= PredictionResistantChunkBytes, "one chunk");
        using ArrivalOrder.Turn turn = _turns.Enter();
        lock (_seedingLock)
        {
            Errors.ThrowIfEntered();
            SeedGoal goal = Options.Strategy.PredictionResistance(_predictionResistanceInstantiated);

            // Less than the full amount would be spent for nothing there.
            if (Options.Strategy.Oversampling && !CanReach(goal, out _))
            {
                return 0;
            }

            int epoch = Volatile.Read(ref _epoch);
            int collected = SeedRepeatedly(_predictionResistance, goal);
            Demand.Invite();
            Interlocked.Increment(ref _predictionResistancePulls);
            int bytes = epoch == Volatile.Read(ref _epoch) ? PaidFor(collected, goal, output.Length) : 0;
            if (bytes > 0)
            {
                GeneratePredictionResistant(output[..bytes]);
                WithholdIfFailed(output[..bytes]);
                Interlocked.Add(ref _predictionResistanceBytes, bytes);
            }

            return bytes;
        }
    }

    // Under _seedingLock. Blocks that were collected ahead are copied with the machine as well.
    private void GeneratePredictionResistant(Span<byte> output)
    {
        Span<byte> room = stackalloc byte[CloneGuard.Bytes];
        _predictionResistance.Generate(output, _guard.Fresh(room));
        CryptographicOperations.ZeroMemory(room);
    }

    // Under _seedingLock. What is given is measured by the bits alone, whichever sources they came from.
    private int PaidFor(int collectedBits, SeedGoal goal, int wantedBytes)
    {
        bool full = goal.IsReached(_sourceBits);
        _predictionResistanceInstantiated |= full;
        return Options.Strategy.Oversampling
            ? full ? wantedBytes : 0
            : Math.Min(wantedBytes, collectedBits / 8);
    }
}
