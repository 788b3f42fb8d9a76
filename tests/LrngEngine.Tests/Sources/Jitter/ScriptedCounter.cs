// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Timing;

namespace LrngEngine.Tests.Sources.Jitter;

/// <summary>A counter whose n-th reading (from 0) is the one before plus what the script says.</summary>
internal sealed class ScriptedCounter(Func<int, long> deltaAt) : CycleCounter
{
    private ulong _now;
    private int _reads;

    /// <summary>Readings of warm-up and start-up test: the next one primes the first block.</summary>
    public const int StartupReads = 100 + 1024;

    public int Reads => Volatile.Read(ref _reads);

    /// <summary>A jittering clock: 300 ticks and 0..63 more, without a pattern, never stuck for long.</summary>
    public static long Jitter(int read)
    {
        // The finaliser of SplitMix64: reproducible, and without correlation between neighbours.
        ulong z = unchecked(((ulong)read + 1) * 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return 300 + (long)((z ^ (z >> 31)) & 63);
    }

    public override ulong Read()
    {
        _now = unchecked(_now + (ulong)deltaAt(_reads));
        Interlocked.Increment(ref _reads);
        return _now;
    }
}
