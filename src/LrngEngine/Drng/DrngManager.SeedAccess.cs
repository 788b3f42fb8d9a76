// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// Seed access (GRND_SEED, reference 7.3): a pull of all sources for somebody else's DRNG.
//
//     u64 total bytes | u64 credited bits | the seed buffer, as a DRNG here would get it; all in the machine's byte order

using System.Diagnostics;
using System.Runtime.InteropServices;
using LrngEngine.Seeding;

namespace LrngEngine.Drng;

internal sealed partial class DrngManager
{
    private const int SeedHeaderBytes = 2 * sizeof(ulong);

    /// <summary>Bytes that <see cref="TryGetSeed"/> writes.</summary>
    internal int SeedBytes => SeedHeaderBytes + _seedBuffer.Content.Length;

    /// <summary>
    /// Pulls the sources once for the caller, who gets its turn in the order of arrival; its DRNG is its own affair, but no two
    /// callers and no DRNG here get the same data.
    /// </summary>
    /// <param name="output">At least <see cref="SeedBytes"/> bytes.</param>
    /// <param name="fullySeeded">Whether the caller's DRNG was fully seeded before (GRND_FULLY_SEEDED), so that an amount for a
    /// reseed is enough.</param>
    /// <returns>Credited bits of what was written, 0 if the sources had less than a reseed takes; -1, and nothing is written, while
    /// not every DRNG here is fully seeded.</returns>
    internal int TryGetSeed(Span<byte> output, bool fullySeeded)
    {
        Debug.Assert(output.Length >= SeedBytes, "the caller has looked at SeedBytes");
        using ArrivalOrder.Turn turn = _turns.Enter();
        lock (_seedingLock)
        {
            Errors.ThrowIfEntered();
            if (!AllNodesSeeded)
            {
                return -1;
            }

            int epoch = Volatile.Read(ref _epoch);
            SeedGoal goal = fullySeeded ? SeedingStrategy.Reseed : Options.Strategy.Instantiation(wasFullySeeded: false);
            int collected = PullIfEnough(goal);
            Demand.Invite();
            try
            {
                if (epoch != Volatile.Read(ref _epoch))
                {
                    return -1;
                }

                MemoryMarshal.Write(output, (ulong)SeedBytes);
                MemoryMarshal.Write(output[sizeof(ulong)..], (ulong)collected);
                _seedBuffer.Content.CopyTo(output[SeedHeaderBytes..]);
                WithholdIfFailed(output[..SeedBytes]);
                return collected;
            }
            finally
            {
                _seedBuffer.Wipe();
            }
        }
    }
}
