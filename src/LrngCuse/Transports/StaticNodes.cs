// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Transports;

/// <summary>
/// Nodes of the devices that stay when the daemon ends: <c>/dev/lrng/random</c> and <c>/dev/lrng/urandom</c>, to be mounted into
/// containers. devtmpfs takes the mode of its own node away when the device goes, so that nobody but root could open a bind
/// mount of that one after a restart. Packages have systemd-tmpfiles make them; a daemon that is root makes them itself.
/// </summary>
internal static class StaticNodes
{
    private const string Suffix = "-random";

    /// <summary>Where they are for a device of this name; null if the name is not of the form NAME-random.</summary>
    internal static string? DirectoryFor(DeviceName name) =>
        name.Random.EndsWith(Suffix, StringComparison.Ordinal) && name.Random.Length > Suffix.Length
            ? $"/dev/{name.Random[..^Suffix.Length]}"
            : null;

    /// <summary>Makes those that are missing or have another number. What cannot be made is logged: the devices work without.</summary>
    internal static void Ensure(DeviceName name, uint major, UnixFileMode mode, ILogger logger)
    {
        if (DirectoryFor(name) is not { } directory || !Environment.IsPrivilegedProcess)
        {
            return;
        }

        try
        {
            // As /dev itself, whatever the umask.
            Directory.CreateDirectory(directory);
            File.SetUnixFileMode(directory, (UnixFileMode)Convert.ToInt32("755", 8));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NoStaticNode(logger, directory, error.Message);
            return;
        }

        Ensure($"{directory}/random", major, 0, mode, logger);
        Ensure($"{directory}/urandom", major, 1, mode, logger);
    }

    private static void Ensure(string path, uint major, uint minor, UnixFileMode mode, ILogger logger)
    {
        if (NodeFiles.IsDevice(path, major, minor))
        {
            NodeMode.Set(path, mode, logger);
            return;
        }

        if (NodeFiles.IsDevice(path))
        {
            // Of an earlier daemon with another number.
            File.Delete(path);
        }

        string? problem = NodeFiles.MakeDevice(path, major, minor);
        if (problem is null)
        {
            NodeMode.Set(path, mode, logger);
        }
        else
        {
            Log.NoStaticNode(logger, path, problem);
        }
    }
}
