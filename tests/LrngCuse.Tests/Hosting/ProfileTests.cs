// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Commands;
using LrngCuse.Hosting.Configuration;

namespace LrngCuse.Tests.Hosting;

/// <summary>Profiles, and what `lrng config` prints of the layers.</summary>
[TestFixture]
internal sealed class ProfileTests
{
    [Test]
    public void A_profile_is_accepted_by_the_rules_of_its_settings_and_changes_what_it_names()
    {
        foreach (Profile profile in Profiles.All)
        {
            Assert.That(() => Load(("seeding.profile", profile.Name)), Throws.Nothing, profile.Name);
            foreach ((string key, string value) in profile.Values)
            {
                Setting setting = DaemonSettings.All.Single(setting => setting.Key == key);
                Assert.That(setting.IsValid(value), $"{profile.Name}: {key} = {value}");
                Assert.That(value, Is.Not.EqualTo(setting.Default), $"{profile.Name}: {key}");
            }
        }
    }

    [TestCase("lrng", "interrupts")]
    [TestCase("sp800-90c", "jitter cpu")]
    [TestCase("ntg1", "jitter cpu")]
    [TestCase("rbg2p", "")]
    [TestCase("drg4", "")]
    [TestCase("embedded", "jitter cpu kernel")]
    public void A_profile_credits_its_sources(string name, string credited)
    {
        DaemonSettings settings = Load(("seeding.profile", name), ("cpu.enabled", credited.Contains("cpu", StringComparison.Ordinal) ? "yes" : "no"));
        Assert.That(
            string.Join(' ', DaemonSettings.Sources.Select(source => source.Section).Where(settings.IsCredited)), Is.EqualTo(credited));
    }

    // Above the defaults and below everything else, wherever its line stands.
    [Test]
    public void What_anybody_sets_counts_more_than_the_profile()
    {
        DaemonSettings settings = Load(("jitter.credit", "3"), ("seeding.profile", "rbg2p"));
        Assert.Multiple(() =>
        {
            Assert.That((settings.JitterCredit, settings.CpuCredit, settings.Oversampling), Is.EqualTo((3, 0, true)));
            Assert.That(settings.OriginOf("jitter.credit"), Is.EqualTo("test"));
            Assert.That(settings.OriginOf("cpu.credit"), Is.EqualTo("profile rbg2p"));
            Assert.That(settings.OriginOf("drng.instances"), Is.EqualTo("default"));
        });
    }

    [Test]
    public void Credit_that_the_kernels_generator_must_not_have_is_explained()
    {
        DaemonSettings settings = Load(("seeding.profile", "sp800-90c"));
        Assert.That(settings.ValueOf("kernel.credit"), Is.EqualTo("0"));
        Assert.That(settings.OriginOf("kernel.credit"), Does.StartWith("default 128, 0 with seeding.sp800_90c"));
    }

    [Test]
    public void The_printed_configuration_is_one_with_the_same_settings([Values("default", "lrng", "rbg2p")] string profile)
    {
        string text = ConfigCommand.TextOf(Load(("seeding.profile", profile), ("serve.user", "nobody"), ("interrupts.vectors", "reschedule irq_work")));
        List<CommandException> mistakes = [];
        DaemonSettings again = SettingsLoader.Merge(IniFile.Parse(text.Split('\n'), "printed", mistakes));
        Assert.That(mistakes, Is.Empty);
        Assert.That(WithoutOrigins(ConfigCommand.TextOf(again)), Is.EqualTo(WithoutOrigins(text)));
        Assert.That(text, Does.Contain("user = nobody                            # test\n"));
    }

    private static IEnumerable<string> WithoutOrigins(string text) => text.Split('\n').Select(line => line.Split('#')[0]);

    private static DaemonSettings Load(params (string Key, string Value)[] settings) =>
        SettingsLoader.Merge(settings.Select(setting => new IniEntry(setting.Key, setting.Value, "test")));
}
