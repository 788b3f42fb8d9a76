// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Hosting.Configuration;

namespace LrngCuse.Tests.Hosting;

/// <summary>Sources that are switched off by the configuration or left out of the build.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class SourceSettingsTests
{
    private const string SwitchPrefix = "LrngEngine.Sources.";

    [TearDown]
    public void SwitchOn()
    {
        foreach (string source in new[] { "Jitter", "Cpu", "Kernel" })
        {
            AppContext.SetSwitch(SwitchPrefix + source, true);
        }
    }

    [TestCase("YES")]
    [TestCase("true")]
    [TestCase("1")]
    [TestCase("")]
    public void A_source_is_enabled_by_yes_or_no(string value)
    {
        foreach ((string section, _, _) in DaemonSettings.Sources)
        {
            CommandException error = Assert.Throws<CommandException>(() => Load(($"{section}.enabled", value)));
            Assert.That(error.Message, Is.EqualTo($"test: {section}.enabled: '{value}' is not accepted"));
            Assert.That(error.Hint, Is.EqualTo("accepted: yes or no (on, off)"));
        }
    }

    [Test]
    public void The_variable_of_a_source_is_read()
    {
        DaemonSettings settings = SettingsLoader.Load("/dev/null", name => name == "LRNG_CPU_ENABLED" ? "no" : null, []);
        Assert.That((settings.JitterEnabled, settings.CpuEnabled, settings.KernelEnabled), Is.EqualTo((true, false, true)));
    }

    [Test]
    public void Ntg1_wants_two_sources_that_are_enabled_and_credited(
        [Values] bool jitter, [Values] bool cpu, [Values] bool kernel,
        [Values(0, 1)] int jitterCredit, [Values(0, 1)] int cpuCredit, [Values(0, 1)] int kernelCredit,
        [Values("off", "2024", "2022-draft")] string ntg1)
    {
        int credited = (jitter ? jitterCredit : 0) + (cpu ? cpuCredit : 0) + (kernel ? kernelCredit : 0);
        (string, string)[] settings =
        [
            ("seeding.ntg1", ntg1),
            ("jitter.enabled", YesOrNo(jitter)), ("jitter.credit", $"{jitterCredit}"),
            ("cpu.enabled", YesOrNo(cpu)), ("cpu.credit", $"{cpuCredit}"),
            ("kernel.enabled", YesOrNo(kernel)), ("kernel.credit", $"{kernelCredit}"),
        ];
        if (ntg1 == "off" || credited >= 2)
        {
            DaemonSettings loaded = Load(settings);
            Assert.That((loaded.JitterEnabled, loaded.CpuEnabled, loaded.KernelEnabled), Is.EqualTo((jitter, cpu, kernel)));
            return;
        }

        CommandException error = Assert.Throws<CommandException>(() => Load(settings));
        Assert.That(error.Message, Is.EqualTo(
            $"seeding.ntg1 wants two credited sources, and {credited} of jitter, cpu and kernel is enabled and credited"));
        Assert.That(error.ExitCode, Is.EqualTo(ExitCodes.Configuration));
    }

    [TestCase("Jitter", "jitter")]
    [TestCase("Cpu", "cpu")]
    [TestCase("Kernel", "kernel")]
    public void A_source_that_the_build_lacks_is_absent_unless_it_is_asked_for(string feature, string section)
    {
        AppContext.SetSwitch(SwitchPrefix + feature, false);
        Assert.That(Load().IsEnabled(section), Is.False, "by default");
        Assert.That(Load(($"{section}.enabled", "no")).IsEnabled(section), Is.False);
        Assert.That(Load(($"{section}.enabled", "yes"), ($"{section}.enabled", "no")).IsEnabled(section), Is.False, "the last one counts");

        CommandException error = Assert.Throws<CommandException>(() => Load(($"{section}.enabled", "yes")));
        Assert.That(error.Message, Is.EqualTo($"test: {section}.enabled: this build has no {section} source"));
        Assert.That(error.ExitCode, Is.EqualTo(ExitCodes.Configuration));
    }

    [Test]
    public void A_source_that_the_build_lacks_does_not_count_for_ntg1()
    {
        AppContext.SetSwitch(SwitchPrefix + "Jitter", false);
        CommandException error = Assert.Throws<CommandException>(() => Load(("seeding.ntg1", "2024"), ("cpu.credit", "0")));
        Assert.That(error.Message, Does.StartWith("seeding.ntg1 wants two credited sources, and 1 of"));
    }

    [TestCase("jitter.events_per_256_bits")]
    [TestCase("cpu.events_per_256_bits")]
    [TestCase("kernel.events_per_256_bits")]
    public void The_rate_of_a_timer_source_is_not_a_credit(string key)
    {
        CommandException error = Assert.Throws<CommandException>(() => Load((key, "256")));
        Assert.That(error.Message, Is.EqualTo($"test: unknown setting '{key}'"));
        Assert.That(error.Hint, Is.EqualTo(
            "jitter, cpu and kernel take credit = 0..256 (bits of entropy for every 256 data bits); "
                + "events_per_256_bits (at least 256) belongs to timer sources"));
    }

    private static string YesOrNo(bool value) => value ? "yes" : "no";

    private static DaemonSettings Load(params (string Key, string Value)[] settings) =>
        SettingsLoader.Merge(settings.Select(setting => new IniEntry(setting.Key, setting.Value, "test")));
}
