// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;
using LrngEngine.Crypto;

namespace LrngEngine.Sources.Jitter;

/// <summary>
/// The two pieces of work whose execution time is the noise: dependent accesses to memory beyond the L2 cache, and SHA3-256.
/// Neither is inlined or optimised (the loop and its loads must stay as written), and both results are used by the next call.
/// </summary>
internal static unsafe class JitterNoise
{
    /// <summary>Memory accesses in one measurement, as many as jitterentropy makes.</summary>
    public const int MemoryAccesses = 128;

    /// <summary>SHA3-256 computations in one measurement.</summary>
    public const int HashLoops = 1;

    // A full-period linear congruential generator modulo 2^32 (Numerical Recipes); its high bits choose the cache line. The walk
    // only has to escape the prefetchers: nothing secret depends on it.
    private const uint WalkMultiplier = 1664525;
    private const uint WalkIncrement = 1013904223;

    private const int CacheLineBits = 6;

    /// <summary>Reads and writes one byte of each of <paramref name="accesses"/> cache lines; each address depends on the byte
    /// read before, so that the processor cannot overlap the accesses.</summary>
    /// <param name="memory">Memory of 2^<paramref name="memoryBits"/> bytes.</param>
    /// <param name="memoryBits">Size of the memory as a power of two, above 6.</param>
    /// <param name="walk">State of the walk, kept from call to call.</param>
    /// <param name="accesses">How many.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static void AccessMemory(byte* memory, int memoryBits, ref uint walk, int accesses)
    {
        uint state = walk;
        for (int i = 0; i < accesses; i++)
        {
            byte* cell = memory + ((nuint)(state >> (32 + CacheLineBits - memoryBits)) << CacheLineBits);
            byte visits = *cell;
            *cell = (byte)(visits + 1);
            state = unchecked((state * WalkMultiplier) + WalkIncrement + visits);
        }

        walk = state;
    }

    /// <summary>Replaces the digest by SHA3-256(digest || delta || loop) <paramref name="loops"/> times.</summary>
    /// <param name="lanes">Scratch of 25 lanes, overwritten.</param>
    /// <param name="digest">4 lanes, in and out.</param>
    /// <param name="delta">The previous time delta.</param>
    /// <param name="loops">How many times.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static void Hash(Span<ulong> lanes, Span<ulong> digest, ulong delta, int loops)
    {
        for (int i = 0; i < loops; i++)
        {
            lanes.Clear();
            digest.CopyTo(lanes);
            lanes[4] = delta;
            lanes[5] = (ulong)i;

            // Padding of SHA3-256 with its rate of 17 lanes (FIPS 202 B.2).
            lanes[6] = 0x06;
            lanes[16] = 0x80UL << 56;
            Keccak1600.Permute(lanes);
            lanes[..4].CopyTo(digest);
        }
    }
}
