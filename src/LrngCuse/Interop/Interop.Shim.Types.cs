// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;

namespace LrngCuse.Interop;

internal static unsafe partial class Shim
{
    internal const uint LRNG_SHIM_ABI_VERSION = 6;
    internal const int LRNG_SHIM_MAX_RANGES = 2;
    internal const uint LRNG_SHIM_CPU_RDSEED = 1;
    internal const uint LRNG_SHIM_CPU_RDRAND = 2;
    internal const uint LRNG_SHIM_CPU_COUNTER = 4;

    internal enum lrng_shim_operation : uint
    {
        LRNG_SHIM_OPEN = 1,
        LRNG_SHIM_READ,
        LRNG_SHIM_WRITE,
        LRNG_SHIM_IOCTL,
        LRNG_SHIM_POLL,
        LRNG_SHIM_RELEASE,
        LRNG_SHIM_LOOKUP,
        LRNG_SHIM_GETATTR,
        LRNG_SHIM_SETATTR,
        LRNG_SHIM_READDIR,
    }

    internal enum lrng_shim_file_kind : uint
    {
        LRNG_SHIM_STREAM = 1,
        LRNG_SHIM_POSITIONED,
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct lrng_shim_request
    {
        public nint handle;
        public ulong node;
        public ulong file;
        public ulong size;
        public long offset;
        public byte* data;
        public ulong argument;
        public ulong output_size;
        public uint flags;
        public uint command;
        public uint uid;
        public uint gid;
        public uint pid;
        public lrng_shim_operation operation;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct lrng_shim_callbacks
    {
        public delegate* unmanaged<nint, lrng_shim_request*, void> request;
        public delegate* unmanaged<nint, ulong, void> interrupted;
        public delegate* unmanaged<nint, void> ready;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct lrng_shim_buffer
    {
        public ulong size;
        public ulong private_flags;
        public nint memory;
        public ulong read_size;
        public ulong reader;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct lrng_shim_attributes
    {
        public ulong node;
        public uint mode;
        public uint links;
        public uint uid;
        public uint gid;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct lrng_shim_range
    {
        public ulong address;
        public ulong size;
    }

    /// <summary>Refuses a shim whose version or structures are not the ones above.</summary>
    /// <exception cref="InvalidOperationException">The shim and the program do not belong together.</exception>
    internal static void CheckAbi()
    {
        uint version = lrng_shim_abi_version();
        if (version != LRNG_SHIM_ABI_VERSION)
        {
            throw new InvalidOperationException($"liblrngshim has ABI version {version}, this program needs {LRNG_SHIM_ABI_VERSION}");
        }

        ReadOnlySpan<int> expected =
        [
            sizeof(lrng_shim_request),
            sizeof(lrng_shim_callbacks),
            sizeof(lrng_shim_buffer),
            sizeof(lrng_shim_attributes),
            sizeof(lrng_shim_range),
            0,
        ];
        for (int i = 0; i < expected.Length; i++)
        {
            uint size = lrng_shim_struct_size((uint)i);
            if (size != expected[i])
            {
                throw new InvalidOperationException($"liblrngshim: structure {i} has {size} bytes, this program expects {expected[i]}");
            }
        }
    }
}
