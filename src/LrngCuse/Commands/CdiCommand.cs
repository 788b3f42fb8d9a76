// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using LrngCuse.Containers;
using LrngCuse.Hosting.Configuration;
using LrngCuse.Transports;

namespace LrngCuse.Commands;

/// <summary>lrng cdi: the daemon's devices for container engines.</summary>
internal static class CdiCommand
{
    private const string Library = "liblrng-getrandom.so";

    internal static Command Create()
    {
        var config = new Option<string?>("--config") { Description = "The daemon's configuration, if it was started with one.", HelpName = "FILE" };
        var library = new Option<string?>("--library")
        {
            Description = $"{Library} on this host; default: where it is installed. Without it there is no device preload.",
            HelpName = "PATH",
        };
        var command = new Command(
            "cdi", "Print the Container Device Interface specification of lrng.dev/random, for /etc/cdi/lrng.json or /run/cdi/lrng.json.")
        {
            config,
            library,
        };
        command.SetAction(parsed =>
        {
            DaemonSettings settings = SettingsLoader.Load(parsed.GetValue(config), Environment.GetEnvironmentVariable, []);
            CdiDocument document = CdiSpecification.Create(
                DeviceName.Parse(settings.Device), settings.Major, FindLibrary(parsed.GetValue(library)), GenerationOf(settings));
            StandardOutput.Write([.. JsonSerializer.SerializeToUtf8Bytes(document, CdiJson.Default.CdiDocument), (byte)'\n']);
            return ExitCodes.Success;
        });
        return command;
    }

    // It lies beside the control socket.
    private static string GenerationOf(DaemonSettings settings) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(settings.Socket))!, "generation");

    private static string? FindLibrary(string? given)
    {
        if (given is not null)
        {
            return File.Exists(given)
                ? Path.GetFullPath(given)
                : throw new CommandException($"{given} is not there", $"name the host's {Library}");
        }

        string triplet = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
        string[] places = [$"/usr/lib/{triplet}/{Library}", $"/usr/lib64/{Library}", $"/usr/lib/{Library}"];
        return places.FirstOrDefault(File.Exists);
    }
}
