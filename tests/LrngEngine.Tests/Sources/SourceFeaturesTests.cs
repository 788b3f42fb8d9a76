// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources;
using LrngEngine.Tests.Generators;

namespace LrngEngine.Tests.Sources;

/// <summary>A build without a source, as its feature switch makes it.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class SourceFeaturesTests
{
    private const string Prefix = "LrngEngine.Sources.";

    [TearDown]
    public void SwitchOn()
    {
        foreach (string source in new[] { "Jitter", "Cpu", "Kernel" })
        {
            AppContext.SetSwitch(Prefix + source, true);
        }
    }

    [TestCase("Jitter", "JitterRNG")]
    [TestCase("Cpu", "CPU")]
    [TestCase("Kernel", "KernelRNG")]
    public void A_source_that_the_build_lacks_is_absent(string feature, string name)
    {
        AppContext.SetSwitch(Prefix + feature, false);
        using var generator = new LrngGenerator(GeneratorFixture.Options(new Drng.RecordedLog()));
        string[] expected = [.. new[] { "JitterRNG", "CPU", "KernelRNG", "Auxiliary" }.Where(source => source != name)];
        Assert.That(generator.Status.Sources.Select(source => source.Name), Is.EqualTo(expected));
    }

    [TestCase("Jitter", "JitterRNG")]
    [TestCase("Cpu", "CPU")]
    [TestCase("Kernel", "KernelRNG")]
    public void Asking_for_it_by_name_is_refused(string feature, string name)
    {
        LrngGeneratorOptions options = GeneratorFixture.Options(new Drng.RecordedLog()) with
        {
            JitterEnabled = true,
            CpuEnabled = true,
            KernelEnabled = true,
        };
        AppContext.SetSwitch(Prefix + feature, false);
        ArgumentException error = Assert.Catch<ArgumentException>(() => new LrngGenerator(options).Dispose());
        Assert.That(error.Message, Does.StartWith($"{name} is enabled: this build has no such source"));
    }

    [Test]
    public void It_does_not_count_as_a_credited_source()
    {
        AppContext.SetSwitch(Prefix + "Jitter", false);
        AppContext.SetSwitch(Prefix + "Cpu", false);
        LrngGeneratorOptions options = GeneratorFixture.Options(new Drng.RecordedLog()) with { BitsFromTwoSources = 240 };
        ArgumentException error = Assert.Catch<ArgumentException>(() => new LrngGenerator(options).Dispose());
        Assert.That(error.Message, Does.Contain("JitterRNG is not in this build, CPU is not in this build, KernelRNG is credited 128"));
    }

    [Test]
    public void Every_source_is_there_by_default() =>
        Assert.That((SourceFeatures.Jitter, SourceFeatures.Cpu, SourceFeatures.Kernel), Is.EqualTo((true, true, true)));
}
