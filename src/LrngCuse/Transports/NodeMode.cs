// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using Microsoft.Extensions.Logging;

namespace LrngCuse.Transports;

/// <summary>The mode of a device's node: devtmpfs makes it for root alone, and everybody shall read and write.</summary>
internal static class NodeMode
{
    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    // udev takes milliseconds; a machine that is starting may have much else for it to do.
    private static readonly TimeSpan s_udevTime = TimeSpan.FromSeconds(5);

    /// <summary>A daemon that is root sets the mode itself. Another one waits for udev, because whoever was started after the daemon
    /// said that it is ready shall find the node open; if that takes too long it goes on with a warning.</summary>
    internal static void OpenToEverybody(string path, ILogger logger)
    {
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                File.SetUnixFileMode(path, Everybody);
            }
            else if (!WaitUntilOpen(path, s_udevTime))
            {
                Log.NodeMode(logger, path, "udev has not done it; is the rule for this name installed?");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NodeMode(logger, path, error.Message);
        }
    }

    /// <returns>False if others still may not read and write after that time.</returns>
    /// <exception cref="IOException">The file is not there, or cannot be watched.</exception>
    internal static bool WaitUntilOpen(string path, TimeSpan longest)
    {
        using var changed = new AutoResetEvent(initialState: false);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path))
        {
            NotifyFilter = NotifyFilters.Attributes,
        };
        watcher.Changed += (_, _) => changed.Set();
        watcher.EnableRaisingEvents = true;

        // Looked at after the watch began, so that no change is missed; each change ends one wait.
        while ((File.GetUnixFileMode(path) & Everybody) != Everybody)
        {
            if (!changed.WaitOne(longest))
            {
                return false;
            }
        }

        return true;
    }
}
