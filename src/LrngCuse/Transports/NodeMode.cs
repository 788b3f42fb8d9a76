// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using Microsoft.Extensions.Logging;

namespace LrngCuse.Transports;

/// <summary>The mode of a device's node: devtmpfs makes it for root alone, and others shall read and write.</summary>
internal static class NodeMode
{
    // udev takes milliseconds; a machine that is starting may have much else for it to do.
    private static readonly TimeSpan s_udevTime = TimeSpan.FromSeconds(5);

    /// <summary>A daemon that is root sets the mode itself. Another one waits for udev, because whoever was started after the daemon
    /// said that it is ready shall find the node open; if that takes too long it goes on with a warning.</summary>
    internal static void Set(string path, UnixFileMode mode, ILogger logger)
    {
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                File.SetUnixFileMode(path, mode);
            }
            else if (!WaitUntil(path, mode, s_udevTime))
            {
                Log.NodeMode(logger, path, $"udev has not made it {Convert.ToString((int)mode, 8)}; is there a rule for this name and mode?");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NodeMode(logger, path, error.Message);
        }
    }

    /// <returns>False if it still has another mode after that time.</returns>
    /// <exception cref="IOException">The file is not there, or cannot be watched.</exception>
    internal static bool WaitUntil(string path, UnixFileMode mode, TimeSpan longest)
    {
        using var changed = new AutoResetEvent(initialState: false);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path))
        {
            NotifyFilter = NotifyFilters.Attributes,
        };
        watcher.Changed += (_, _) => changed.Set();
        watcher.EnableRaisingEvents = true;

        // Looked at after the watch began, so that no change is missed; each change ends one wait.
        while (File.GetUnixFileMode(path) != mode)
        {
            if (!changed.WaitOne(longest))
            {
                return false;
            }
        }

        return true;
    }
}
