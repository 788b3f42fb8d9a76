// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources;
using LrngEngine.Sources.Jitter;
using LrngEngine.Tests.Drng;

namespace LrngEngine.Tests.Generators;

/// <summary>A refused option is named with its value and its rule.</summary>
[TestFixture]
internal sealed class LrngGeneratorOptionsTests
{
    private static readonly (string Message, Func<LrngGeneratorOptions, LrngGeneratorOptions> Change)[] s_refused =
    [
        ("BitsFromTwoSources = 1: accepted is 0, 220 or 240", options => options with { BitsFromTwoSources = 1 }),
        ("BitsFromTwoSources = -240: accepted is", options => options with { BitsFromTwoSources = -240 }),
        ("MaximumReseedAge = 00:00:00: accepted is 1 s to 3600 s", options => options with { MaximumReseedAge = TimeSpan.Zero }),
        ("MaximumReseedAge = 01:00:01: accepted is", options => options with { MaximumReseedAge = TimeSpan.FromSeconds(3601) }),
        ("MaximumWithoutFullReseed = 0: accepted is 1..2^30", options => options with { MaximumWithoutFullReseed = 0 }),
        ("MaximumWithoutFullReseed = 1073741825: accepted is", options => options with { MaximumWithoutFullReseed = (1L << 30) + 1 }),
        ("Jitter.BufferBlocks = 33: accepted is 0 or a power of two", options => options with { Jitter = new() { BufferBlocks = 33 } }),
        ("Jitter.BufferBlocks = 1073741824: accepted is", options => options with { Jitter = new() { BufferBlocks = 1 << 30 } }),
        ("Jitter.BlockBits = 65: accepted is a multiple of 64", options => options with { Jitter = new() { BlockBits = 65 } }),
        ("Jitter.Oversampling = 0: accepted is 1..20", options => options with { Jitter = new() { Oversampling = 0 } }),
        ("Jitter.MemoryBytes = 65537: accepted is a power of two", options => options with { Jitter = new() { MemoryBytes = 65537 } }),
        ("Jitter.MemoryBytes = 32768: accepted is a power of two", options => options with { Jitter = new() { MemoryBytes = 32768 } }),
        ("Cpu.OversamplingBits = -1: accepted is 0 or more", options => options with { Cpu = new() { OversamplingBits = -1 } }),
        ("Jitter = null: must be given", options => options with { Jitter = null! }),
        ("Jitter.Credit = null: must be given", options => options with { Jitter = new() { Credit = null! } }),
        ("Cpu = null: must be given", options => options with { Cpu = null! }),
        ("Cpu.Credit = null: must be given", options => options with { Cpu = new() { Credit = null! } }),
        ("CipherKernel = null: must be given", options => options with { CipherKernel = null! }),
        ("CycleCounter = null: must be given", options => options with { CycleCounter = null! }),
        ("KernelRandom = null: must be given", options => options with { KernelRandom = null! }),
        ("TimeProvider = null: must be given", options => options with { TimeProvider = null! }),
        ("Logger = null: must be given", options => options with { Logger = null! }),
    ];

    public static IEnumerable<TestCaseData> Refused => s_refused.Select(refused =>
        new TestCaseData(refused.Message, refused.Change).SetArgDisplayNames(refused.Message));

    [TestCaseSource(nameof(Refused))]
    public void Refused_options(string message, Func<LrngGeneratorOptions, LrngGeneratorOptions> change)
    {
        LrngGeneratorOptions options = change(GeneratorFixture.Options(new RecordedLog()));
        ArgumentException error = Assert.Catch<ArgumentException>(() => new LrngGenerator(options).Dispose());
        Assert.That(error.Message, Does.StartWith(message));
        Assert.That(error.ParamName, Is.EqualTo("options"));
    }

    [Test]
    public void No_options_are_refused() => Assert.That(() => new LrngGenerator(null!), Throws.ArgumentNullException);

    [TestCase(-1)]
    [TestCase(257)]
    public void A_credit_beyond_the_data_cannot_be_expressed(int bits) =>
        Assert.That(() => new SourceCredit(bits, "test"), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void The_largest_buffers_fit([Values(0, 1024)] int blocks)
    {
        LrngGeneratorOptions options = GeneratorFixture.Options(new RecordedLog()) with
        {
            Jitter = new JitterOptions { BufferBlocks = blocks, BlockBits = 512, MemoryBytes = 64 * 1024 },
        };
        using var generator = new LrngGenerator(options);
        generator.Start();
        generator.GetRandomBytesFull(new byte[1]);
        Assert.That(generator.Status.Sources[0].Status.State, Is.EqualTo(SourceState.Running));
    }

    [Test]
    public void Without_instructions_there_is_no_cpu_source()
    {
        LrngGeneratorOptions options = GeneratorFixture.Options(new RecordedLog()) with { CpuGenerator = null };
        using var generator = new LrngGenerator(options);
        Assert.That(generator.Status.Sources.Select(source => source.Name), Is.EqualTo(["JitterRNG", "KernelRNG", "Auxiliary"]));
    }

    [Test]
    public void The_instructions_of_a_disabled_cpu_source_are_not_executed([Values] bool enabled)
    {
        var cpu = new Sources.Cpu.FakeCpuGenerator(call => Sources.Cpu.FakeCpuGenerator.SeedWord(call), null);
        LrngGeneratorOptions options = GeneratorFixture.Options(new RecordedLog()) with { CpuGenerator = cpu, CpuEnabled = enabled };
        using (var generator = new LrngGenerator(options))
        {
            generator.Start();
            generator.GetRandomBytesFull(new byte[1]);
        }

        Assert.That(cpu.RdseedCalls > 0, Is.EqualTo(enabled));
    }
}
