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
        foreach (string source in new[] { "Interrupts", "Scheduler", "Jitter", "Cpu", "Kernel" })
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
            $"seeding.ntg1 wants two credited sources, and {credited} of interrupts, scheduler, jitter, cpu, kernel is enabled and credited"));
        Assert.That(error.ExitCode, Is.EqualTo(ExitCodes.Configuration));
    }

    [TestCase("Interrupts", "interrupts")]
    [TestCase("Scheduler", "scheduler")]
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
                + "events_per_256_bits (at least 256) belongs to interrupts and scheduler"));
    }

    [TestCase("interrupts.credit", "interrupts.events_per_256_bits")]
    [TestCase("scheduler.credit", "scheduler.events_per_256_bits")]
    public void A_credit_is_not_the_rate_of_a_timer_source(string key, string instead)
    {
        CommandException error = Assert.Throws<CommandException>(() => Load((key, "16")));
        Assert.That(error.Message, Is.EqualTo($"test: unknown setting '{key}'"));
        Assert.That(error.Hint, Does.StartWith($"{instead} = 256..4294967295"));
    }

    [TestCase("255")]
    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("4294967296")]
    [TestCase("many")]
    [TestCase("")]
    public void A_rate_out_of_range_is_refused(string value)
    {
        CommandException error = Assert.Throws<CommandException>(() => Load(("scheduler.events_per_256_bits", value)));
        Assert.That(error.Hint, Is.EqualTo("accepted: none, or events that carry 256 bits of entropy, 256..4294967295"));
    }

    [TestCase("none", null)]
    [TestCase("256", 256L)]
    [TestCase("4294967295", 4294967295L)]
    public void A_rate_is_read(string value, long? expected) =>
        Assert.That(Load(("interrupts.events_per_256_bits", value)).EventsPer256Bits("interrupts"), Is.EqualTo(expected));

    [TestCase("31")]
    [TestCase("100")]
    [TestCase("16384")]
    public void A_collection_size_that_no_array_has_is_refused(string value)
    {
        CommandException error = Assert.Throws<CommandException>(() => Load(("interrupts.collection_size", value)));
        Assert.That(error.Hint, Is.EqualTo("accepted: 32, 64, 128, 256, 512, 1024, 2048, 4096 or 8192"));
    }

    [TestCase("")]
    [TestCase("nmi")]
    [TestCase("local_timer,reschedule")]
    [TestCase("none local_timer")]
    [TestCase("local_timer local_timer")]
    public void Vectors_are_known_ones(string value)
    {
        CommandException error = Assert.Throws<CommandException>(() => Load(("interrupts.vectors", value)));
        Assert.That(error.Hint, Does.StartWith("accepted: none, or names separated by blanks: local_timer, reschedule, call_function"));
    }

    [TestCase("none")]
    [TestCase("local_timer", "local_timer")]
    [TestCase("reschedule irq_work", "reschedule", "irq_work")]
    public void Vectors_are_read(string value, params string[] names) =>
        Assert.That(Load(("interrupts.vectors", value)).InterruptVectors, Is.EqualTo(names));

    [Test]
    public void One_timer_source_is_credited_at_most()
    {
        (string, string)[] both = [("interrupts.events_per_256_bits", "512"), ("scheduler.events_per_256_bits", "512")];
        CommandException error = Assert.Throws<CommandException>(() => Load(both));
        Assert.That(error.Message, Does.EndWith("cannot both be numbers: the events of the two sources are dependent"));
        Assert.That(error.ExitCode, Is.EqualTo(ExitCodes.Configuration));
        Assert.That(() => Load([.. both, ("interrupts.enabled", "no")]), Throws.Nothing);
        Assert.That(() => Load([.. both, ("scheduler.events_per_256_bits", "4294967295")]), Throws.Nothing, "LRNG's rate that earns nothing");
    }

    [Test]
    public void The_kernels_generator_earns_nothing_beside_credited_interrupts()
    {
        (string, string) credited = ("interrupts.events_per_256_bits", "512");
        Assert.That(Load(credited).KernelCredit, Is.Zero, "unless somebody insists");
        CommandException error = Assert.Throws<CommandException>(() => Load(credited, ("kernel.credit", "1")));
        Assert.That(error.Message, Is.EqualTo(
            "kernel.credit = 1 cannot stand beside credited interrupts: the kernel's generator rests on them too"));
        Assert.That(() => Load(credited, ("kernel.credit", "1"), ("kernel.enabled", "no")), Throws.Nothing);
        Assert.That(Load(("scheduler.events_per_256_bits", "512")).KernelCredit, Is.EqualTo(128));
    }

    private static string YesOrNo(bool value) => value ? "yes" : "no";

    private static DaemonSettings Load(params (string Key, string Value)[] settings) =>
        SettingsLoader.Merge(settings.Select(setting => new IniEntry(setting.Key, setting.Value, "test")));
}
