// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.RegularExpressions;
using LrngCuse.Hosting.Configuration;

namespace LrngCuse.Tests.Packaging;

/// <summary>packaging/lrng.conf: every setting with what it accepts and its default, all of it commented out.</summary>
[TestFixture]
internal sealed class SampleFileTests
{
    private static readonly string s_path = Repository.PathOf("packaging", "lrng.conf");

    [Test]
    public void It_has_every_setting_with_range_and_default()
    {
        var described = new List<string>();
        string section = "";
        string accepted = "";
        foreach (string line in File.ReadLines(s_path))
        {
            section = line.StartsWith('[') ? line.Trim('[', ']') : section;
            accepted = line.StartsWith("# accepted: ", StringComparison.Ordinal) ? line["# accepted: ".Length..] : accepted;
            if (Regex.Match(line, @"^#(\w+) =(?: (.*))?$") is { Success: true } setting)
            {
                described.Add($"{section}.{setting.Groups[1].Value} = {setting.Groups[2].Value} ({accepted})");
            }
        }

        Assert.That(described, Is.EqualTo(DaemonSettings.All.Select(setting => $"{setting.Key} = {setting.Default} ({setting.Accepted})")));
    }

    [Test]
    public void As_it_is_it_sets_nothing()
    {
        var mistakes = new List<CommandException>();
        Assert.That(IniFile.Read(s_path, mistakes), Is.Empty);
        Assert.That(mistakes, Is.Empty);
    }
}
