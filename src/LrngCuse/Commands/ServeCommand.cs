// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using LrngCuse.Hosting;
using LrngCuse.Hosting.Configuration;

namespace LrngCuse.Commands;

/// <summary>lrng serve: the daemon.</summary>
internal static class ServeCommand
{
    internal static Command Create()
    {
        var flags = new ServeFlags();
        var config = new Option<string>("--config") { Description = "configuration file, in place of those in /etc/lrng and /usr/lib/lrng", HelpName = "FILE" };
        var command = new Command("serve", "Serve the devices until SIGTERM or SIGINT.") { config };
        flags.AddTo(command);
        command.SetAction(parsed =>
        {
            IReadOnlyList<KeyValuePair<string, string>> given = flags.Given(parsed);
            return Daemon.RunAsync(() => SettingsLoader.Load(parsed.GetValue(config), Environment.GetEnvironmentVariable, given));
        });
        return command;
    }
}
