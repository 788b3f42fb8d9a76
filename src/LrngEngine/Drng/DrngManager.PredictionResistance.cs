// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// Prediction resistance (SP 800-90A 9.3.3; reference 3.8): every 32 bytes come from a DRNG that was reseeded for them, and are
// never more than the entropy of that reseeding.

using System.Diagnostics;
using LrngEngine.Seeding;

namespace LrngEngine.Drng;

internal sealed partial class DrngManager
{
    /// <summary>Most bytes that one pull pays for: the security strength.</summary>
    internal const int PredictionResistantChunkBytes = SecurityStrengthBits / 8;

    // Guarded by _seedingLock: it gives no output except under the pull that paid for it.
    private readonly Crypto.Drng _predictionResistance;

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
        lock (_seedingLock)
        {
            // What is given is measured by the bits alone, whichever sources they came from.
            int collected = SeedRepeatedly(_predictionResistance, SeedingStrategy.Default);
            Interlocked.Increment(ref _predictionResistancePulls);
            int bytes = Math.Min(output.Length, collected / 8);
            if (bytes > 0)
            {
                _predictionResistance.Generate(output[..bytes]);
                Interlocked.Add(ref _predictionResistanceBytes, bytes);
            }

            return bytes;
        }
    }
}
