// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;

namespace LrngCuse.Interop;

/// <summary>Structures of linux/perf_event.h. A test compares the layouts with the headers.</summary>
internal static unsafe partial class Perf
{
    /// <summary>Bits of perf_event_attr's flag word, which C declares as bit fields.</summary>
    [Flags]
    internal enum AttributeFlags : ulong
    {
        None = 0,
        disabled = 1 << 0,
        watermark = 1 << 14,
        use_clockid = 1 << 25,
    }

    /// <summary>PERF_ATTR_SIZE_VER5: every kernel since 4.1 knows it, and nothing that came later is used.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct perf_event_attr
    {
        public uint type;
        public uint size;
        public ulong config;
        public ulong sample_period;
        public ulong sample_type;
        public ulong read_format;
        public AttributeFlags flags;
        public uint wakeup_watermark;
        public uint bp_type;
        public ulong config1;
        public ulong config2;
        public ulong branch_sample_type;
        public ulong sample_regs_user;
        public uint sample_stack_user;
        public int clockid;
        public ulong sample_regs_intr;
        public uint aux_watermark;
        public ushort sample_max_stack;
        public ushort __reserved_2;
    }

    /// <summary>The first page of a mapped event: where the kernel writes and where the reader has come to.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 1088)]
    internal struct perf_event_mmap_page
    {
        [FieldOffset(0)]
        public uint version;

        /// <summary>Bytes that the kernel has ever written; it only grows.</summary>
        [FieldOffset(1024)]
        public ulong data_head;

        /// <summary>Bytes that the reader has ever taken; the kernel writes no further than a buffer's length beyond it.</summary>
        [FieldOffset(1032)]
        public ulong data_tail;

        /// <summary>Of the ring buffer from the start of the mapping; kernels before 4.1 leave this and the size 0.</summary>
        [FieldOffset(1040)]
        public ulong data_offset;

        [FieldOffset(1048)]
        public ulong data_size;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct perf_event_header
    {
        public uint type;
        public ushort misc;
        public ushort size;
    }
}
