// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Control;
using LrngCuse.Hosting.Configuration;
using LrngCuse.Interop;
using LrngCuse.Transports;

namespace LrngCuse.Diagnosis;

/// <summary>Whether programs reach the devices that a daemon serves.</summary>
internal static class DeviceChecks
{
    internal static IEnumerable<Finding> Check(DeviceDocument device, DaemonSettings settings)
    {
        if (device is not { Transport: "cuse", Paths: [var random, ..] })
        {
            return [];
        }

        DeviceName name = DeviceName.Parse(Path.GetFileName(random));
        return [.. device.Paths.Select(path => Node(path, settings.DeviceMode)), .. StaticNodesOf(name, settings)];
    }

    /// <param name="path">The device.</param>
    /// <param name="wanted">serve.mode.</param>
    internal static Finding Node(string path, UnixFileMode wanted) => NodeFiles.OwnerOf(path) switch
    {
        null => new Finding("node", $"{path} is served and not there", "systemctl restart lrng; a container has only the nodes that it was given"),
        { Mode: var mode } when mode != wanted => new Finding(
            "node",
            $"{path} has mode {Octal(mode)}, not {Octal(wanted)} as serve.mode says",
            "udevadm control --reload && udevadm trigger --subsystem-match=cuse; another name or mode needs a rule of its own in /etc/udev/rules.d"),
        _ => new Finding("node", $"{path} has mode {Octal(wanted)}"),
    };

    private static IEnumerable<Finding> StaticNodesOf(DeviceName name, DaemonSettings settings)
    {
        if (StaticNodes.DirectoryFor(name) is not { } directory)
        {
            yield break;
        }

        foreach ((string path, uint minor) in new[] { ($"{directory}/random", 0U), ($"{directory}/urandom", 1U) })
        {
            if (NodeFiles.IsDevice(path) && !NodeFiles.IsDevice(path, settings.Major, minor))
            {
                yield return new Finding(
                    "node",
                    $"{path} is not the daemon's device {settings.Major}:{minor}, containers that have it get nothing",
                    "write the number of serve.major into a copy of lrng.conf in /etc/tmpfiles.d, remove the node, and run systemd-tmpfiles --create");
            }
        }
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');
}
