// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using LrngCuse.Transports;

namespace LrngCuse.Commands;

/// <summary>The settings that are flags of the daemon as well: the same for it and for `lrng config`.</summary>
internal sealed class ServeFlags
{
    private readonly Option<string> _transport = new("--transport") { Description = "auto, cuse or fuse; auto takes CUSE where the kernel has it" };
    private readonly Option<string> _device = new("--device") { Description = "name of the blocking device under /dev", HelpName = "NAME" };
    private readonly Option<string> _mount =
        new("--mount") { Description = $"directory of the FUSE mount (default {FuseTransport.DefaultDirectory})", HelpName = "DIR" };

    private readonly Option<string> _socket = SocketOption.Create();

    internal void AddTo(Command command)
    {
        _ = _transport.AcceptOnlyFromAmong("auto", "cuse", "fuse");
        foreach (Option option in new[] { _transport, _device, _mount, _socket })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was given.</summary>
    /// <exception cref="CommandException">The name of the device is malformed: a mistake on the command line, not of the configuration.</exception>
    internal IReadOnlyList<KeyValuePair<string, string>> Given(ParseResult parsed)
    {
        if (parsed.GetValue(_device) is { } name)
        {
            _ = DeviceName.Parse(name);
        }

        (string Key, string? Value)[] flags =
        [
            ("serve.transport", parsed.GetValue(_transport)),
            ("serve.device", parsed.GetValue(_device)),
            ("serve.mount", AbsolutePath(parsed.GetValue(_mount))),
            ("serve.socket", AbsolutePath(parsed.GetValue(_socket))),
        ];
        return [.. flags.Where(flag => flag.Value is not null).Select(flag => KeyValuePair.Create(flag.Key, flag.Value!))];
    }

    private static string? AbsolutePath(string? path) => string.IsNullOrEmpty(path) ? path : Path.GetFullPath(path);
}
