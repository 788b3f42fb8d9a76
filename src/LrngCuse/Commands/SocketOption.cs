// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using LrngCuse.Hosting.Configuration;

namespace LrngCuse.Commands;

/// <summary>--socket, the same for the daemon and its tools.</summary>
internal static class SocketOption
{
    internal static Option<string> Create() =>
        new("--socket") { Description = $"control socket (default {DaemonSettings.DefaultSocket})", HelpName = "PATH" };

    /// <summary>The path that a tool talks to: the flag, LRNG_SERVE_SOCKET, or the default.</summary>
    internal static string PathFor(ParseResult parsed, Option<string> option) =>
        parsed.GetValue(option) ?? Environment.GetEnvironmentVariable("LRNG_SERVE_SOCKET") ?? DaemonSettings.DefaultSocket;
}
