// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using LrngCuse.Hosting;
using LrngCuse.Hosting.Configuration;
using LrngCuse.Transports;

namespace LrngCuse.Commands;

/// <summary>lrng serve: the daemon.</summary>
internal static class ServeCommand
{
    internal static Command Create()
    {
        var transport = new Option<string>("--transport") { Description = "auto, cuse or fuse; auto takes CUSE where the kernel has it" };
        _ = transport.AcceptOnlyFromAmong("auto", "cuse", "fuse");
        var device = new Option<string>("--device") { Description = "name of the blocking device under /dev", HelpName = "NAME" };
        var mount = new Option<string>("--mount") { Description = $"directory of the FUSE mount (default {FuseTransport.DefaultDirectory})", HelpName = "DIR" };
        Option<string> socket = SocketOption.Create();
        var config = new Option<string>("--config") { Description = "configuration file, in place of those in /etc/lrng and /usr/lib/lrng", HelpName = "FILE" };
        var command = new Command("serve", "Serve the devices until SIGTERM or SIGINT.") { transport, device, mount, socket, config };
        command.SetAction(parsed =>
        {
            (string Key, string? Value)[] flags =
            [
                ("serve.transport", parsed.GetValue(transport)),
                ("serve.device", parsed.GetValue(device)),
                ("serve.mount", parsed.GetValue(mount) is { } directory ? AbsolutePath(directory) : null),
                ("serve.socket", parsed.GetValue(socket) is { } path ? AbsolutePath(path) : null),
            ];
            IEnumerable<KeyValuePair<string, string>> given =
                flags.Where(flag => flag.Value is not null).Select(flag => KeyValuePair.Create(flag.Key, flag.Value!));

            // Before the configuration is looked at: a malformed name is a mistake on the command line.
            if (parsed.GetValue(device) is { } name)
            {
                _ = DeviceName.Parse(name);
            }

            return Daemon.RunAsync(SettingsLoader.Load(parsed.GetValue(config), Environment.GetEnvironmentVariable, given));
        });
        return command;
    }

    private static string AbsolutePath(string path) => path.Length == 0 ? path : Path.GetFullPath(path);
}
