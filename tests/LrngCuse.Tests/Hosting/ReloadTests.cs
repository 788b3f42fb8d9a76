// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Hosting;
using LrngCuse.Hosting.Configuration;
using LrngEngine.Tests.Drng;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Tests.Hosting;

/// <summary>A configuration that was read again meets a generator.</summary>
[TestFixture]
internal sealed class ReloadTests
{
    private readonly RecordedLog _log = new();

    [Test]
    public void What_was_changed_by_command_is_what_the_configuration_says_again()
    {
        using Generator generator = Build();
        Assert.That(generator.TrySetCredit("cpu", 99), Is.True);
        Assert.That(generator.Settings.OriginOf("cpu.credit"), Is.EqualTo("lrng set"));
        Apply(generator);
        Assert.That(CreditOf(generator, "KernelRNG"), Is.EqualTo(128));
        Assert.That(generator.Settings.CpuCredit, Is.EqualTo(8));
    }

    [Test]
    public void A_combination_with_what_stays_is_refused_and_nothing_changes()
    {
        using Generator generator = Build(("seeding.sp800_90c", "yes"));
        CommandException error = Assert.Throws<CommandException>(
            () => Apply(generator, ("jitter.credit", "3"), ("kernel.credit", "100"), ("seeding.hash", "sha256")));
        Assert.That(error.Mistakes, Has.Count.EqualTo(2));
        Assert.That((generator.Settings.JitterCredit, CreditOf(generator, "KernelRNG"), generator.Hash.Name), Is.EqualTo((16, 0, "sha512")));
    }

    [Test]
    public void The_credit_of_a_source_that_is_off_waits_for_it()
    {
        using Generator generator = Build(("cpu.enabled", "no"));
        Apply(generator, ("cpu.enabled", "no"), ("cpu.credit", "3"));
        Assert.That(generator.Settings.CpuCredit, Is.EqualTo(3));
    }

    [Test]
    public void A_profile_is_named_by_the_settings_that_it_changes()
    {
        using Generator generator = Build();
        Apply(generator, ("seeding.profile", "ntg1"));
        Assert.That(CreditOf(generator, "KernelRNG"), Is.Zero);
        Assert.That(_log.Lines, Has.Some.Contains("kernel.credit = 0 (profile ntg1)"));
        Assert.That(_log.Lines, Has.Some.Contains("after a restart of the daemon: seeding.ntg1 = 2024 (profile ntg1)"));
    }

    [Test]
    public void The_age_of_a_seed_follows()
    {
        using Generator generator = Build();
        Apply(generator, ("drng.reseed_seconds", "77"));
        Assert.That(generator.Manager.MaximumReseedSeconds, Is.EqualTo(77));
        _ = generator.Manager.TrySetMaximumReseedSeconds(5);
        Apply(generator, ("drng.reseed_seconds", "77"));
        Assert.That(generator.Manager.MaximumReseedSeconds, Is.EqualTo(77));
    }

    [Test]
    public void Levels_of_the_log_follow()
    {
        using Generator generator = Build();
        var levels = new LogLevels(generator.Settings, "lrng.seeding");
        Assert.That((levels.IsEnabled("lrng", LogLevel.Information), levels.IsEnabled("lrng.seeding", LogLevel.Debug)), Is.EqualTo((true, false)));
        new Reload(generator, levels, _log).Apply(Settings(("serve.log_level", "error"), ("seeding.debug", "yes")));
        Assert.That((levels.IsEnabled("lrng", LogLevel.Information), levels.IsEnabled("lrng.seeding", LogLevel.Debug)), Is.EqualTo((false, true)));
    }

    [TestCase("30000000", null, 30)]
    [TestCase("30000000", "self", 30)]
    [TestCase("30000000", "1", null)]
    [TestCase("0", null, null)]
    [TestCase("soon", null, null)]
    [TestCase(null, null, null)]
    public void The_watchdog_is_fed_if_it_watches_this_process(string? time, string? process, int? seconds)
    {
        string? Environment(string name) => name switch
        {
            "WATCHDOG_USEC" => time,
            "WATCHDOG_PID" => process == "self" ? $"{System.Environment.ProcessId}" : process,
            _ => null,
        };
        Assert.That(SystemdStatus.WatchdogTime(Environment)?.TotalSeconds, Is.EqualTo(seconds));
    }

    private void Apply(Generator generator, params (string Key, string Value)[] settings) =>
        new Reload(generator, new LogLevels(generator.Settings, "lrng.seeding"), _log).Apply(Settings(settings));

    private Generator Build(params (string Key, string Value)[] settings) =>
        Generator.Build(Settings(settings), TimeProvider.System, _log, _log);

    private static int CreditOf(Generator generator, string name) =>
        generator.Manager.GetStatus().Sources.Single(source => source.Name == name).Status.Credit;

    private static DaemonSettings Settings(params (string Key, string Value)[] settings) =>
        SettingsLoader.Merge(settings.Select(setting => new IniEntry(setting.Key, setting.Value, "test")));
}
