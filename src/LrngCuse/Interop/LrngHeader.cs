// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;

namespace LrngCuse.Interop;

/// <summary>native/include/lrng.h, what programs compile against, name by name. A test compares it with the header.</summary>
internal static class LrngHeader
{
    internal const int LRNG_ADDENTROPY_MAX = 131064;
    internal const uint GRND_FULLY_SEEDED = 0x20;
    internal const uint LRNG_GETSEED = 0x40105260;
    internal const uint LRNG_GETSTATUS = 0xc0105261;

    internal const int LRNG_GENERATION_BYTES = 4096;
    internal const ulong LRNG_GENERATION_MAGIC = 0x314e4547474e524c;

    [StructLayout(LayoutKind.Sequential)]
    internal struct lrng_generation
    {
        public ulong magic;
        public ulong generation;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct lrng_getseed
    {
        public ulong buffer;
        public uint size;
        public uint flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct lrng_getstatus
    {
        public ulong buffer;
        public uint size;
        public uint reserved;
    }
}
