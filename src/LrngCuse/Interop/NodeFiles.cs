// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using Tmds.Linux;

namespace LrngCuse.Interop;

/// <summary>Nodes of character devices in the file system.</summary>
internal static unsafe partial class NodeFiles
{
    private const uint CharacterDevice = 0x2000; // S_IFCHR
    private const uint TypeMask = 0xf000;        // S_IFMT
    private const uint PermissionMask = 0x1ff;   // 0777
    private const uint EverybodyMode = 0x1b6;    // 0666

    /// <summary>Whether there is a node of this number.</summary>
    internal static bool IsDevice(string path, uint major, uint minor) =>
        TryLook(path, out stat status) && (uint)status.st_mode is var mode && (mode & TypeMask) == CharacterDevice
        && (ulong)status.st_rdev == Number(major, minor);

    /// <summary>Whether there is a node of whatever number.</summary>
    internal static bool IsDevice(string path) =>
        TryLook(path, out stat status) && ((uint)status.st_mode & TypeMask) == CharacterDevice;

    /// <summary>Group and permissions of a node; null if there is none.</summary>
    internal static (uint Group, UnixFileMode Mode)? OwnerOf(string path) =>
        TryLook(path, out stat status) && ((uint)status.st_mode & TypeMask) == CharacterDevice
            ? ((uint)status.st_gid, (UnixFileMode)((uint)status.st_mode & PermissionMask))
            : null;

    /// <returns>What is in the way; null if nothing was.</returns>
    internal static string? MakeDevice(string path, uint major, uint minor) =>
        mknod(path, CharacterDevice | EverybodyMode, Number(major, minor)) == 0
            ? null
            : Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    // makedev(3)
    private static ulong Number(uint major, uint minor) =>
        ((major & 0xffff_f000UL) << 32) | ((major & 0xfffUL) << 8) | ((minor & 0xffff_ff00UL) << 12) | (minor & 0xffUL);

    private static bool TryLook(string path, out stat status)
    {
        nint name = Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            fixed (stat* looked = &status)
            {
                return LibC.lstat((byte*)name, looked) == 0;
            }
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mknod(string path, uint mode, ulong device);
}
