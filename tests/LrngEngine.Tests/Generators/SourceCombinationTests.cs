// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Seeding;
using LrngEngine.Sources;
using LrngEngine.Sources.Cpu;
using LrngEngine.Tests.Drng;

namespace LrngEngine.Tests.Generators;

/// <summary>Every combination of sources that are off, uncredited or credited ends in a safe generator or in a refusal.</summary>
[TestFixture]
internal sealed class SourceCombinationTests
{
    public enum Choice
    {
        Off,
        Uncredited,
        Credited,
    }

    [Test]
    public void Combinations(
        [Values] Choice jitter, [Values] Choice cpu, [Values] Choice kernel, [Values(0, 220, 240)] int bitsFromTwoSources)
    {
        var log = new RecordedLog();
        LrngGeneratorOptions options = Options(log, jitter, cpu, kernel) with { BitsFromTwoSources = bitsFromTwoSources };
        int credited = new[] { jitter, cpu, kernel }.Count(choice => choice == Choice.Credited);
        if (bitsFromTwoSources > 0 && credited < 2)
        {
            AssertRefused(options, jitter);
            return;
        }

        using var generator = new LrngGenerator(options);
        AssertSources(generator, jitter, cpu, kernel);
        generator.Start();
        if (credited > 0)
        {
            generator.GetRandomBytesFull(new byte[32]);
            Assert.That(log.Lines, Has.None.StartsWith("no entropy source is credited"));
            return;
        }

        AssertWaitsForAdditions(generator, log, jitter);
    }

    [Test]
    public void A_pool_that_the_caller_feeds_is_one_of_two_sources()
    {
        LrngGeneratorOptions options = Options(new RecordedLog(), Choice.Credited, Choice.Off, Choice.Off) with
        {
            BitsFromTwoSources = 240,
            FeedsAuxiliary = true,
        };
        using var generator = new LrngGenerator(options);
        generator.Start();
        generator.AddEntropy(new byte[32], 256);
        generator.GetRandomBytesFull(new byte[32]);
    }

    [Test]
    public void The_credit_of_a_source_that_is_there_can_be_changed([Values("JitterRNG", "CPU", "KernelRNG")] string name)
    {
        using var generator = new LrngGenerator(GeneratorFixture.Options(new RecordedLog()));
        Assert.That(generator.TrySetCredit(name, new SourceCredit(77, "test")), Is.True);
        SourceStatus status = generator.Status.Sources.Single(source => source.Name == name).Status;

        // The jitter source says nothing of its credit before its start-up test is over.
        Assert.That(status.State == SourceState.Starting || (status.Credit, status.Reason) == (77, "test"), Is.True);
    }

    [Test]
    public async Task Blocks_collected_with_another_credit_are_gone()
    {
        using var generator = new LrngGenerator(Options(new RecordedLog(), Choice.Credited, Choice.Off, Choice.Off));
        generator.Start();
        generator.GetRandomBytesFull(new byte[1]);
        GeneratorFixture.Eventually(
            () => !generator.Status.Sources[0].Status.Details.Contains("buffered 0 of", StringComparison.Ordinal), "a block is buffered");
        Assert.That(generator.TrySetCredit("JitterRNG", new SourceCredit(0, "test")), Is.True);
        Assert.That(await generator.ReseedAsync(), Is.False);
    }

    [Test]
    public void The_credit_of_a_source_that_is_not_there_cannot_be_changed(
        [Values("JitterRNG", "CPU", "KernelRNG", "Auxiliary", "x")] string name)
    {
        using var fixture = new GeneratorFixture();
        Assert.That(fixture.Generator.TrySetCredit(name, new SourceCredit(1, "test")), Is.False);
    }

    private static LrngGeneratorOptions Options(RecordedLog log, Choice jitter, Choice cpu, Choice kernel)
    {
        LrngGeneratorOptions options = GeneratorFixture.Options(log);
        return options with
        {
            JitterEnabled = jitter != Choice.Off,
            CpuEnabled = cpu != Choice.Off,
            KernelEnabled = kernel != Choice.Off,
            Jitter = options.Jitter with { Credit = Credit(jitter) },
            Cpu = new CpuOptions { Credit = Credit(cpu) },
            KernelCredit = Credit(kernel),
        };
    }

    // A source that is off keeps its credit: that must not help it.
    private static SourceCredit Credit(Choice choice) => new(choice == Choice.Uncredited ? 0 : 256, "test");

    private static void AssertRefused(LrngGeneratorOptions options, Choice jitter)
    {
        ArgumentException error = Assert.Catch<ArgumentException>(() => new LrngGenerator(options).Dispose());
        Assert.That(error.Message, Does.StartWith($"BitsFromTwoSources = {options.BitsFromTwoSources}: wants two credited sources"));
        Assert.That(error.Message, Does.Contain(WordsFor(jitter)));
    }

    private static void AssertSources(LrngGenerator generator, Choice jitter, Choice cpu, Choice kernel)
    {
        (string Name, Choice Choice)[] all = [("JitterRNG", jitter), ("CPU", cpu), ("KernelRNG", kernel)];
        string[] expected = [.. all.Where(source => source.Choice != Choice.Off).Select(source => source.Name), "Auxiliary"];
        Assert.That(generator.Status.Sources.Select(source => source.Name), Is.EqualTo(expected));

        IEnumerable<string> lines = generator.Manager.GetLrngType().Split('\n')
            .Where(line => line.StartsWith(" Name: ", StringComparison.Ordinal));
        Assert.That(lines, Is.EqualTo(expected.Select(name => $" Name: {name}")));
    }

    // Nothing else can seed it; what is added does.
    private static void AssertWaitsForAdditions(LrngGenerator generator, RecordedLog log, Choice jitter)
    {
        GeneratorFixture.Eventually(
            () => log.Lines.Any(line => line.StartsWith("not seeded yet", StringComparison.Ordinal)), "the first seeding was tried");
        Assert.That((generator.Status.Operational, generator.Status.Level), Is.EqualTo((false, SeedLevel.Unseeded)));
        string[] warnings = [.. log.Lines.Where(line => line.StartsWith("no entropy source is credited", StringComparison.Ordinal))];
        Assert.That(warnings, Has.Length.EqualTo(1));
        Assert.That(warnings[0], Does.Contain(WordsFor(jitter)));

        generator.AddEntropy(new byte[32], 256);
        generator.GetRandomBytesFull(new byte[32]);
    }

    private static string WordsFor(Choice jitter) => jitter switch
    {
        Choice.Off => "JitterRNG is disabled",
        Choice.Uncredited => "JitterRNG is credited 0",
        _ => "JitterRNG is credited 256",
    };
}
