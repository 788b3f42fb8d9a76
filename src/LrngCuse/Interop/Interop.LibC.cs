// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;

namespace LrngCuse.Interop;

/// <summary>Calls that Tmds.LibC lacks. glibc applies the set* calls to every thread of the process.</summary>
internal static unsafe partial class NativeLibC
{
    private const string Library = "libc";

    [LibraryImport(Library)]
    internal static partial passwd* getpwnam(byte* name);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int initgroups(byte* user, uint group);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setresgid(uint real, uint effective, uint saved);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setresuid(uint real, uint effective, uint saved);

    /// <summary>The path without links; null if something in it is not there. The caller frees it.</summary>
    [LibraryImport(Library)]
    internal static partial byte* realpath(byte* path, byte* resolved);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int memfd_create(byte* name, uint flags);

    /// <summary>With F_OFD_SETLK.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fcntl(int descriptor, int command, flock* argument);

#pragma warning disable CS8981 // Native names.
    /// <summary>struct flock of 64-bit systems.</summary>
    internal struct flock
    {
        public short l_type;
        public short l_whence;
        public long l_start;
        public long l_len;
        public int l_pid;
    }

    /// <summary>struct passwd of glibc.</summary>
    internal struct passwd
#pragma warning restore CS8981
    {
        public byte* pw_name;
        public byte* pw_passwd;
        public uint pw_uid;
        public uint pw_gid;
        public byte* pw_gecos;
        public byte* pw_dir;
        public byte* pw_shell;
    }
}
