// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

//
// LRNG's and the kernel's frameworks trust what an external source delivers. Here it passes the continuous tests of SP 800-90B 4.4 for
// the entropy that is claimed for it, on its bytes, and the repetition count test once more on whole blocks, for hardware
// that hands out one buffer again and again.

using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LrngEngine.Health;
using LrngEngine.Memory;

namespace LrngEngine.Sources.HardwareRng;

/// <summary>Health tests on the output of a hardware generator. Not synchronised.</summary>
internal sealed class HardwareHealth : IDisposable
{
    /// <summary>Bytes of a block that the tests compare as a whole: the data bits of the unit of every rate.</summary>
    internal const int BlockBytes = EntropyMath.RateUnitBits / 8;

    /// <summary>Samples that must pass before any is credited (SP 800-90B 4.3, requirement 10).</summary>
    internal const int StartupBytes = 1024;

    // The tests of an uncredited generator are those of one bit in 32, for there are none without a claim.
    private const int LeastClaim = 8;

    private readonly SecretBuffer _memory;
    private HealthCutoff _repetition;
    private HealthCutoff _proportion;
    private HealthCutoff _blockRepetition;

    internal HardwareHealth(SecretArena arena)
    {
        _memory = arena.Allocate(Marshal.SizeOf<State>());
        Restart(claim: 0);
    }

    /// <summary>Whether the start-up test is over.</summary>
    internal bool Started => Tests.Passed >= StartupBytes;

    internal long Failures { get; private set; }

    /// <summary>The last failure with its numbers; null if there was none.</summary>
    internal string? LastFailure { get; private set; }

    internal SourceHealth Status => new(
        _repetition.Intermittent,
        _repetition.Permanent,
        _proportion.Intermittent,
        _proportion.Permanent,
        HealthCutoff.AptWindow,
        Failures,
        LastFailure);

    private ref State Tests => ref MemoryMarshal.AsRef<State>(_memory.Span);

    /// <summary>Begins anew, as for another generator.</summary>
    /// <param name="claim">Bits of entropy in 256 data bits by which cut-offs are computed.</param>
    internal void Restart(int claim)
    {
        // H of a sample: claim / 256 of its bits.
        double blockEntropy = Math.Max(claim, LeastClaim);
        double byteEntropy = blockEntropy / BlockBytes;
        _repetition = HealthCutoff.ForRepetitionCount(byteEntropy);
        _proportion = HealthCutoff.ForAdaptiveProportion(byteEntropy);
        _blockRepetition = HealthCutoff.ForRepetitionCount(blockEntropy);
        _memory.Wipe();
    }

    /// <summary>Takes what one read gave.</summary>
    /// <returns>The worst verdict on it. After an intermittent failure the start-up test runs again, while the counters go on, so that a
    /// fault which lasts becomes a permanent failure.</returns>
    internal HealthVerdict Test(ReadOnlySpan<byte> data)
    {
        Debug.Assert(data.Length is > 0 and <= BlockBytes, "at most a block");
        ref State tests = ref Tests;
        HealthVerdict worst = HealthVerdict.Pass;
        foreach (byte sample in data)
        {
            worst = Worse(worst, tests.Repetition.Add(sample, _repetition), "repetition count test", tests.Repetition.Count);
            worst = Worse(worst, tests.Proportion.Add(sample, _proportion), "adaptive proportion test", tests.Proportion.Count);
        }

        if (data.Length == BlockBytes)
        {
            HealthVerdict verdict = tests.Blocks.Add(FingerprintOf(data), _blockRepetition);
            worst = Worse(worst, verdict, "repetition count test on blocks", tests.Blocks.Count);
        }

        tests.Passed = worst == HealthVerdict.Pass ? Math.Min(tests.Passed + data.Length, StartupBytes) : 0;
        return worst;
    }

    public void Dispose() => _memory.Dispose();

    // The block itself, which is part of a seed by then, is not to be kept.
    private static ulong FingerprintOf(ReadOnlySpan<byte> block)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(block, digest);
        ulong fingerprint = BinaryPrimitives.ReadUInt64LittleEndian(digest);
        CryptographicOperations.ZeroMemory(digest);
        return fingerprint;
    }

    // A run counts as one failure when it begins and as another when it becomes permanent.
    private HealthVerdict Worse(HealthVerdict before, HealthVerdict verdict, string test, int count)
    {
        if (verdict > before)
        {
            Failures++;
            LastFailure = $"{test} at {count}";
        }

        return verdict > before ? verdict : before;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        public RepetitionCountTest Repetition;
        public AdaptiveProportionTest Proportion;
        public RepetitionCountTest Blocks;
        public int Passed;
    }
}
