// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Text;
using LrngEngine.Drng;
using LrngEngine.Memory;
using LrngEngine.Sources.KernelRng;
using LrngEngine.Tests.Sources.Cpu;
using LrngEngine.Timing;
using Microsoft.Extensions.Time.Testing;

namespace LrngEngine.Tests.Drng;

/// <summary>The key without credit (reference 14.4 item 5): every part is in the seed, and none is required.</summary>
[TestFixture]
internal sealed class InitialKeyTests
{
    private const int Eagain = 11;
    private const int KernelEnd = 32;
    private const int CpuEnd = KernelEnd + (4 * 8);
    private const int CounterEnd = CpuEnd + 8;
    private const int ClocksEnd = CounterEnd + (2 * 8);

    private readonly FakeTimeProvider _clock = new();
    private SecretArena _arena = null!;
    private string _machineId = null!;

    [SetUp]
    public void SetUp()
    {
        _arena = new SecretArena(4096);
        _machineId = Path.GetTempFileName();
        File.WriteAllText(_machineId, "0123456789abcdef0123456789abcdef\n");
    }

    [TearDown]
    public void TearDown()
    {
        _arena.Dispose();
        File.Delete(_machineId);
    }

    [Test]
    public void Every_part_has_its_place()
    {
        byte[] seed = Seed(new Kernel(), Cpu(FakeCpuGenerator.SeedWord, null), _machineId);

        Assert.Multiple(() =>
        {
            Assert.That(seed[..KernelEnd], Is.All.EqualTo((byte)KernelRandomFlags.NonBlocking));
            Assert.That(Words(seed[KernelEnd..CpuEnd]), Is.EqualTo(Enumerable.Range(0, 4).Select(FakeCpuGenerator.SeedWord)));
            Assert.That(Words(seed[CpuEnd..CounterEnd]), Is.EqualTo(new[] { Counter.Value }));
            Assert.That(Words(seed[CounterEnd..ClocksEnd]), Is.EqualTo(
                new[] { (ulong)_clock.GetTimestamp(), (ulong)_clock.GetUtcNow().Ticks }));
            Assert.That(Encoding.ASCII.GetString(seed[ClocksEnd..]), Is.EqualTo("0123456789abcdef0123456789abcdef"));
        });
    }

    [Test]
    public void Before_its_own_initialisation_the_kernel_is_asked_for_what_it_has() =>
        Assert.That(
            Seed(new Kernel(KernelRandomFlags.NonBlocking), Cpu(null, null), _machineId)[..KernelEnd],
            Is.All.EqualTo((byte)KernelRandomFlags.Insecure));

    [Test]
    public void Rdrand_stands_in_for_an_rdseed_that_is_dry_or_absent([Values] bool dry)
    {
        byte[] seed = Seed(new Kernel(), new FakeCpuGenerator(dry ? _ => null : null, call => FakeCpuGenerator.RandWord(call)), _machineId);
        Assert.That(Words(seed[KernelEnd..CpuEnd]), Is.EqualTo(Enumerable.Range(0, 4).Select(FakeCpuGenerator.RandWord)));
    }

    [Test]
    public void With_nothing_at_all_clocks_remain()
    {
        byte[] seed = Seed(
            new Kernel(KernelRandomFlags.NonBlocking | KernelRandomFlags.Insecure), Cpu(null, null), "/nonexistent/machine-id");

        Assert.That(seed[..CpuEnd], Is.All.Zero);
        Assert.That(Words(seed[CpuEnd..CounterEnd]), Is.EqualTo(new[] { Counter.Value }));
        Assert.That(seed[ClocksEnd..], Has.Length.EqualTo(32).And.All.Zero);
    }

    private static FakeCpuGenerator Cpu(Func<int, ulong>? rdseed, Func<int, ulong>? rdrand) =>
        new(rdseed is null ? null : call => rdseed(call), rdrand is null ? null : call => rdrand(call));

    private static ulong[] Words(byte[] bytes) =>
        [.. bytes.Chunk(8).Select(word => BinaryPrimitives.ReadUInt64LittleEndian(word))];

    private byte[] Seed(Kernel kernel, FakeCpuGenerator cpu, string machineId)
    {
        using var drng = new SeedRecorder();
        new InitialKey(_arena, kernel, cpu, new Counter(), _clock, machineId).Apply(drng);
        return drng.Seeded;
    }

    private sealed class Counter : CycleCounter
    {
        public const ulong Value = 0x0123_4567_89ab_cdef;

        public override ulong Read() => Value;
    }

    /// <summary>Fills with the flags it was called with, or fails for those that it refuses.</summary>
    private sealed class Kernel(KernelRandomFlags refused = KernelRandomFlags.None) : KernelRandom
    {
        public override int GetRandom(Span<byte> output, KernelRandomFlags flags)
        {
            if ((flags & refused) != 0)
            {
                return -Eagain;
            }

            output.Fill((byte)flags);
            return output.Length;
        }
    }

    private sealed class SeedRecorder : LrngEngine.Crypto.Drng
    {
        public byte[] Seeded { get; private set; } = [];

        public override string Name => "recorder";

        public override int SecurityStrengthBits => 256;

        public override void Seed(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> additionalInput = default) => Seeded = [.. Seeded, .. seed];

        public override void Generate(Span<byte> output, ReadOnlySpan<byte> additionalInput = default) => throw new NotSupportedException();

        public override void Dispose()
        {
        }
    }
}
