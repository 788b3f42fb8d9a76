// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.Sources;
using LrngEngine.Sources.Auxiliary;
using LrngEngine.Sources.Cpu;
using LrngEngine.Sources.Interrupts;
using LrngEngine.Sources.Jitter;
using LrngEngine.Sources.KernelRng;
using LrngEngine.Sources.Scheduler;
using LrngEngine.Tests.Sources.Cpu;
using LrngEngine.Tests.Sources.Jitter;
using LrngEngine.Tests.Sources.Timer;
using LrngEngine.Timing;

namespace LrngEngine.Tests.Sources;

/// <summary>One kind of source that delivers, over scripted hardware.</summary>
/// <param name="Name">LRNG's name of it.</param>
/// <param name="Create">Makes one that is credited in full, 256 bits for 256 data bits.</param>
/// <param name="TypeLines">What lrng_type shows of it after a first pull (reference 7.8).</param>
internal sealed record SourceCase(string Name, Func<SecretArena, EntropySource> Create, string[] TypeLines)
{
    private static readonly SourceCredit s_full = new(256, "assessed");
    private static readonly TimerSourceOptions s_everyEvent = new() { EventsPer256Bits = 256 };

    public static IEnumerable<SourceCase> All =>
    [
        new(
            "JitterRNG",
            arena => new JitterSource(
                new ScriptedCounter(ScriptedCounter.Jitter),
                arena,
                new JitterOptions { BufferBlocks = 0, MemoryBytes = 64 * 1024, Credit = s_full }),
            ["Available entropy: 256", "Enabled: true", "Jitter RNG async collection false"]),
        new(
            "CPU",
            arena => new CpuSource(
                new FakeCpuGenerator(call => FakeCpuGenerator.SeedWord(call), null), arena, new CpuOptions { Credit = s_full }),
            ["Hash for compressing data: N/A", "Available entropy: 256", "Data multiplier: 1"]),
        new(
            "KernelRNG",
            _ => new KernelRngSource(new CountingKernel(), s_full),
            ["Available entropy: 256", "Entropy Rate per 256 data bits: 256"]),
        new(
            "Auxiliary",
            arena =>
            {
                var pool = new AuxiliaryPool(new Sha512Hash(arena), arena);
                pool.Insert(new byte[64], 512);
                return pool;
            },
            ["Hash for operating entropy pool: SHA-512", "Available entropy: 256"]),
        new(
            "IRQ",
            arena => Filled(new InterruptSource(arena, new GreatestCommonDivisor(arena), s_everyEvent)),
            [
                "Hash for operating entropy pool: SHA-512",
                "Available entropy: 256",
                "per-CPU interrupt collection size: 1024",
                "Standards compliance: SP800-90B ",
                "High-resolution timer: true",
                "Continuous compression: true",
                "Health test passed: true",
            ]),
        new(
            "Scheduler",
            arena => Filled(new SchedulerSource(arena, new GreatestCommonDivisor(arena), s_everyEvent)),
            [
                "Hash for operating entropy pool: SHA-512",
                "Available entropy: 256",
                "per-CPU scheduler event collection size: 1024",
                "Standards compliance: SP800-90B ",
                "High-resolution timer: true",
                "Health test passed: true",
            ]),
    ];

    public override string ToString() => Name;

    private static TimerSource Filled(TimerSource source)
    {
        source.Record(0, new TimerStream().Good(2000));
        return source;
    }

    /// <summary>A kernel whose n-th byte is n modulo 255, never 0.</summary>
    private sealed class CountingKernel : KernelRandom
    {
        private byte _last;

        public override int GetRandom(Span<byte> output, KernelRandomFlags flags)
        {
            foreach (ref byte value in output)
            {
                value = _last = (byte)((_last % 255) + 1);
            }

            return output.Length;
        }
    }
}
