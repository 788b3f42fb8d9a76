// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Text;
using LrngCuse.Hosting.Configuration;

namespace LrngCuse.Commands;

/// <summary>lrng config: every setting that a daemon started now would have, and where each comes from.</summary>
internal static class ConfigCommand
{
    // Long values push their comment to the right rather than widen every line.
    private const int CommentColumn = 40;

    internal static Command Create()
    {
        var flags = new ServeFlags();
        var check = new Option<bool>("--check") { Description = "print nothing; end with 78 and every mistake if there is one" };
        var file = new Argument<string?>("FILE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "configuration file, in place of those in /etc/lrng and /usr/lib/lrng",
        };
        var command = new Command("config", "Print each effective setting and where it comes from, as a configuration file.") { file, check };
        flags.AddTo(command);
        command.SetAction(parsed =>
        {
            DaemonSettings settings =
                SettingsLoader.Load(parsed.GetValue(file), Environment.GetEnvironmentVariable, flags.Given(parsed));
            if (!parsed.GetValue(check))
            {
                StandardOutput.Write(Encoding.UTF8.GetBytes(TextOf(settings)));
            }

            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>What it prints: a configuration file with the same settings.</summary>
    internal static string TextOf(DaemonSettings settings)
    {
        var text = new StringBuilder();
        foreach (IGrouping<string, Setting> section in DaemonSettings.All.GroupBy(setting => setting.Key.Split('.')[0]))
        {
            _ = text.Append(text.Length == 0 ? "" : "\n").Append('[').Append(section.Key).Append("]\n");
            foreach (string key in section.Select(setting => setting.Key))
            {
                string assignment = $"{key[(section.Key.Length + 1)..]} = {settings.ValueOf(key)}";
                _ = text.Append(assignment.PadRight(CommentColumn)).Append(" # ").Append(settings.OriginOf(key)).Append('\n');
            }
        }

        return text.ToString();
    }
}
