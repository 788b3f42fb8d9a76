// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Text.RegularExpressions;
using LrngCuse.Commands;
using LrngCuse.Hosting.Configuration;

namespace LrngCuse.Tests.Packaging;

/// <summary>The manual pages and the program say the same.</summary>
[TestFixture]
internal sealed class ManualPagesTests
{
    private static readonly ManualPage s_tools = new("lrng.1");
    private static readonly ManualPage s_daemon = new("lrng.8");
    private static readonly ManualPage s_configuration = new("lrng.conf.5");

    private static IEnumerable<Command> Verbs => CommandLine.CreateRoot().Subcommands.Where(verb => !verb.Hidden);

    private static IEnumerable<Setting> Settings => DaemonSettings.All;

    [TestCaseSource(nameof(Verbs))]
    public void A_verb_is_in_its_page_with_its_flags(Command verb)
    {
        string? item = s_tools.Between($@"^\.It Nm Cm {verb.Name}\b(?!-)", @"^\.It Nm Cm |^\.Ss |^\.Sh ");
        Assert.That(item, Is.Not.Null, $"packaging/man/lrng.1 has no '.It Nm Cm {verb.Name}'");
        string text = item!.Contains(".Xr lrng 8", StringComparison.Ordinal) ? item + s_daemon : item;
        string[] flags = [.. verb.Options.Where(option => option.Name != "--help").SelectMany(option => option.Aliases.Prepend(option.Name))];
        Assert.That(ManualPage.FlagsOf(text), Is.SupersetOf(flags));
        Assert.That(ManualPage.FlagsOf(item), Is.SubsetOf(flags.Append("--help")));
    }

    [Test]
    public void The_page_has_no_other_verb()
    {
        IEnumerable<string> described = Regex.Matches(s_tools.ToString(), @"^\.It Nm Cm (\S+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
        Assert.That(described, Is.EquivalentTo(Verbs.Select(verb => verb.Name)));
    }

    [Test]
    public void Flags_of_every_verb_are_described()
    {
        IEnumerable<string> flags = CommandLine.CreateRoot().Options.SelectMany(option => option.Aliases.Prepend(option.Name)).Where(flag => flag[0] == '-');
        Assert.That(ManualPage.FlagsOf(s_tools.Between(@"^\.Sh SYNOPSIS", @"^\.Ss ")!), Is.SupersetOf(flags));
    }

    [Test]
    public void The_page_of_the_daemon_has_its_flags_only()
    {
        IEnumerable<string> flags = Verbs.Single(verb => verb.Name == "serve").Options.Select(option => option.Name);
        Assert.That(ManualPage.FlagsOf(s_daemon.ToString()), Is.SubsetOf(flags));
    }

    [TestCaseSource(nameof(Settings))]
    public void A_setting_is_described_with_its_default_and_range(Setting setting)
    {
        string[] key = setting.Key.Split('.');
        string? section = s_configuration.Between($@"^\.Ss Section {key[0]}$", @"^\.S[sh] ");
        Assert.That(section, Is.Not.Null, $"packaging/man/lrng.conf.5 has no '.Ss Section {key[0]}'");
        Match item = Regex.Match(
            section!, $@"^\.It Ic {key[1]} No = (?<values>.*)\n\.Pq default: (?<default>.*)\n(?<text>(?:(?!\.It )[\s\S])*)", RegexOptions.Multiline);
        Assert.That(item.Success, $"packaging/man/lrng.conf.5 has no '.It Ic {key[1]} No = ' and '.Pq default:' under '.Ss Section {key[0]}'");
        Assert.That(item.Groups["default"].Value, Is.EqualTo(setting.Default.Length == 0 ? "empty" : $"Cm {setting.Default}"));
        Assert.That(WordsOf(item.Groups["values"].Value + " " + item.Groups["text"].Value), Is.SupersetOf(AcceptedBy(setting)));
    }

    [Test]
    public void The_page_has_no_other_setting()
    {
        var described = new List<string>();
        string section = "";
        foreach (Match line in Regex.Matches(s_configuration.ToString(), @"^\.(?:Ss Section (?<section>\S+)|It Ic (?<key>\S+) )", RegexOptions.Multiline))
        {
            section = line.Groups["section"].Success ? line.Groups["section"].Value : section;
            if (line.Groups["key"].Success)
            {
                described.Add($"{section}.{line.Groups["key"].Value}");
            }
        }

        Assert.That(described, Is.EqualTo(Settings.Select(setting => setting.Key)));
    }

    // The words of its description that it accepts as a value; on and off are described once for all switches. A setting that takes
    // any word has none.
    private static IEnumerable<string> AcceptedBy(Setting setting) => setting.IsValid("/any") || setting.IsValid("any")
        ? []
        : WordsOf(setting.Accepted).Where(setting.IsValid).Except(setting.IsValid("yes") ? ["on", "off"] : []);

    private static IEnumerable<string> WordsOf(string text) => Regex.Matches(text, @"[A-Za-z0-9_-]+").Select(match => match.Value);
}
