// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngCuse.Interop;
using Microsoft.Extensions.Logging;
using Tmds.Linux;

namespace LrngCuse.Transports.Mount;

/// <summary>The directory of a mount: made ready, or refused with a reason.</summary>
internal static unsafe class MountPoint
{
    /// <summary>Whether a dead daemon's mount is there.</summary>
    internal static bool IsLeftOver(string directory) => IsOurs(directory) && IsDead(directory);

    /// <summary>Whether a daemon's mount is there, dead or not.</summary>
    internal static bool IsOurs(string directory) => FileSystemAt(directory) == "fuse.lrng";

    /// <summary>Removes a daemon's mount if this process may; another one, which stays root, may do it in its place.</summary>
    internal static void Remove(string directory)
    {
        if (IsOurs(directory))
        {
            _ = Detach(directory);
        }
    }

    /// <summary>Removes what a dead daemon left, creates the default directory, refuses everything else that is in the way.</summary>
    /// <exception cref="CommandException">The directory is missing, busy or not empty.</exception>
    internal static void Prepare(string directory, ILogger logger)
    {
        // After kill -9 the mount stays and every access fails with ENOTCONN; such mounts stack up.
        while (FileSystemAt(directory) is { } type)
        {
            if (type != "fuse.lrng" || !IsDead(directory))
            {
                throw new CommandException(
                    $"{directory} is a mount point already ({type})",
                    type == "fuse.lrng" ? "another daemon serves it: stop that one, or choose another directory with --mount" : "choose another directory with --mount");
            }

            if (Detach(directory) != 0)
            {
                throw new CommandException($"a dead daemon's mount at {directory} cannot be removed", $"as root: umount -l {directory}");
            }

            Log.StaleMountRemoved(logger, directory);
        }

        if (directory == FuseTransport.DefaultDirectory)
        {
            CreateDefault(directory);
        }

        RefuseUnsuitable(directory);
    }

    private static void CreateDefault(string directory)
    {
        try
        {
            _ = Directory.CreateDirectory(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"cannot create {directory}: {error.Message}", "run as root, or name a directory of yours with --mount");
        }
    }

    private static void RefuseUnsuitable(string directory)
    {
        if (!Directory.Exists(directory))
        {
            string problem = File.Exists(directory) ? "is not a directory" : "does not exist";
            throw new CommandException($"the mount point {directory} {problem}", $"create it: mkdir -p {directory}");
        }

        if (Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new CommandException($"the mount point {directory} is not empty", "choose an empty directory with --mount");
        }
    }

    // The type of the topmost mount there (proc_pid_mountinfo(5)): field 5 is the place, the first after " - " the type.
    private static string? FileSystemAt(string directory)
    {
        string place = Resolve(directory);
        string? found = null;
        foreach (string line in File.ReadLines("/proc/self/mountinfo"))
        {
            string[] fields = line.Split(' ');
            int separator = Array.IndexOf(fields, "-");
            if (separator > 0 && Unescape(fields[4]) == place)
            {
                found = fields[separator + 1];
            }
        }

        return found;
    }

    // mountinfo has no links in its paths.
    private static string Resolve(string directory)
    {
        fixed (byte* path = NativePath.Of(directory))
        {
            byte* resolved = NativeLibC.realpath(path, null);
            string? place = Marshal.PtrToStringUTF8((nint)resolved);
            NativeMemory.Free(resolved);
            return place ?? Path.GetFullPath(directory).TrimEnd('/');
        }
    }

    private static string Unescape(string path) =>
        path.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal)
            .Replace("\\012", "\n", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal);

    // stat would not do: the kernel answers it from its cache, also for a daemon that is gone.
    private static bool IsDead(string directory)
    {
        try
        {
            _ = Directory.EnumerateFileSystemEntries(directory).Any();
            return false;
        }
        catch (IOException error)
        {
            return error.HResult == Linux.ENOTCONN;
        }
    }

    private static int Detach(string path)
    {
        fixed (byte* name = NativePath.Of(path))
        {
            return LibC.umount2(name, Linux.MNT_DETACH);
        }
    }
}
