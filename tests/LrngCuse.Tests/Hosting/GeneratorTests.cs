// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Hosting;
using LrngCuse.Hosting.Configuration;
using LrngEngine.Drng;
using LrngEngine.Tests.Drng;

namespace LrngCuse.Tests.Hosting;

/// <summary>From settings to the engine, and changes of credit at run time.</summary>
[TestFixture]
internal sealed class GeneratorTests
{
    [Test]
    public void Settings_reach_the_engine()
    {
        using Generator generator = Build(
            ("jitter.credit", "3"), ("cpu.credit", "0"), ("kernel.credit", "200"), ("seeding.ntg1", "2022-draft"),
            ("drng.reseed_seconds", "7"), ("drng.max_wo_reseed", "9"), ("seeding.force_seeding", "no"));
        DrngManagerOptions options = generator.Manager.Options;
        Assert.Multiple(() =>
        {
            Assert.That(options.Strategy.BitsFromTwoSources, Is.EqualTo(220));
            Assert.That(options.MaximumReseedAge, Is.EqualTo(TimeSpan.FromSeconds(7)));
            Assert.That(options.MaximumWithoutFullReseed, Is.EqualTo(9));
            Assert.That(options.ForceSeeding, Is.False);
            Assert.That(CreditOf(generator, "KernelRNG"), Is.EqualTo(200));
            Assert.That(generator.CipherKernel, Is.EqualTo(LrngEngine.Crypto.ChaCha20Kernels.Best.Name));
        });
    }

    [TestCase("", "IRQ", "Scheduler", "JitterRNG", "CPU", "KernelRNG", "Auxiliary")]
    [TestCase("interrupts", "Scheduler", "JitterRNG", "CPU", "KernelRNG", "Auxiliary")]
    [TestCase("scheduler", "IRQ", "JitterRNG", "CPU", "KernelRNG", "Auxiliary")]
    [TestCase("jitter", "IRQ", "Scheduler", "CPU", "KernelRNG", "Auxiliary")]
    [TestCase("cpu", "IRQ", "Scheduler", "JitterRNG", "KernelRNG", "Auxiliary")]
    [TestCase("kernel", "IRQ", "Scheduler", "JitterRNG", "CPU", "Auxiliary")]
    [TestCase("interrupts scheduler jitter cpu kernel", "Auxiliary")]
    public void A_disabled_source_is_absent(string disabled, params string[] expected)
    {
        using Generator generator = Build([.. Disabled(disabled)]);
        Assert.That(generator.Manager.GetStatus().Sources.Select(source => source.Name), Is.EqualTo(expected));
    }

    [Test]
    public void Without_any_source_the_daemon_starts_and_says_what_is_missing()
    {
        var log = new RecordedLog();
        using Generator generator = Build(log, [.. Disabled("interrupts scheduler jitter cpu kernel")]);
        generator.Start();
        Assert.That(generator.Manager.Operational, Is.False);
        Assert.That(
            log.Lines,
            Has.Exactly(1).StartsWith(
                "no entropy source is credited: IRQ is disabled, Scheduler is disabled, JitterRNG is disabled, CPU is disabled, KernelRNG is disabled; not operational until"));
    }

    [Test]
    public void The_credit_of_a_source_can_be_set()
    {
        using Generator generator = Build();
        Assert.That(generator.TrySetCredit("kernel", 77), Is.True);
        Assert.That(CreditOf(generator, "KernelRNG"), Is.EqualTo(77));
    }

    [TestCase("auxiliary")]
    [TestCase("Jitter")]
    [TestCase("")]
    public void The_credit_of_something_else_cannot_be_set(string section)
    {
        using Generator generator = Build();
        Assert.That(generator.TrySetCredit(section, 1), Is.False);
    }

    [TestCase("jitter")]
    [TestCase("cpu")]
    [TestCase("kernel")]
    public void The_credit_of_a_disabled_source_is_refused_with_the_reason(string section)
    {
        using Generator generator = Build(($"{section}.enabled", "no"));
        CommandException error = Assert.Throws<CommandException>(() => generator.TrySetCredit(section, 1));
        Assert.Multiple(() =>
        {
            Assert.That(error.Message, Is.EqualTo($"{section}.credit: the {section} source is disabled"));
            Assert.That(error.Hint, Does.Contain($"{section}.enabled = yes"));
            Assert.That(error.ExitCode, Is.EqualTo(ExitCodes.Failed));
        });
    }

    private static IEnumerable<(string Key, string Value)> Disabled(string sections) =>
        sections.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(section => ($"{section}.enabled", "no"));

    private static int CreditOf(Generator generator, string name) =>
        generator.Manager.GetStatus().Sources.Single(source => source.Name == name).Status.Credit;

    private static Generator Build(params (string Key, string Value)[] settings) => Build(new RecordedLog(), settings);

    private static Generator Build(RecordedLog log, params (string Key, string Value)[] settings)
    {
        IEnumerable<IniEntry> entries = settings.Select(setting => new IniEntry(setting.Key, setting.Value, "test"));
        return Generator.Build(SettingsLoader.Merge(entries), TimeProvider.System, log, log);
    }
}
