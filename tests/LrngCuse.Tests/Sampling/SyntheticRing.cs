// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LrngCuse.Interop;
using LrngCuse.Sampling;

namespace LrngCuse.Tests.Sampling;

/// <summary>Memory that looks like a mapped event, with the test in the kernel's place.</summary>
internal sealed unsafe class SyntheticRing : IDisposable
{
    internal const int PageBytes = 4096;

    private readonly byte* _memory;
    private ulong _head;

    internal SyntheticRing(uint dataBytes = PageBytes, ulong start = 0)
    {
        DataBytes = dataBytes;
        _memory = (byte*)NativeMemory.AllocZeroed(PageBytes + dataBytes);
        Page->data_offset = PageBytes;
        Page->data_size = dataBytes;
        _head = start;
        Page->data_head = start;
        Page->data_tail = start;
    }

    internal uint DataBytes { get; }

    internal Perf.perf_event_mmap_page* Page => (Perf.perf_event_mmap_page*)_memory;

    internal nint Address => (nint)_memory;

    internal Span<byte> Data => new(_memory + PageBytes, (int)DataBytes);

    internal ulong Room => DataBytes - (_head - Page->data_tail);

    internal RingTally Tally { get; } = new();

    internal static byte[] Word(ulong value)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    internal static byte[] Half(uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    internal PerfRing Reader(SampleLayout layout) => new(Page, _memory + PageBytes, DataBytes, layout, Tally);

    /// <summary>A sample with TID, TIME and CPU, and with a raw record if one is given.</summary>
    internal void AddSample(ulong time, uint process, uint thread, byte[]? raw = null)
    {
        byte[] tail = [];
        if (raw is not null)
        {
            // The kernel pads the raw record so that the next header is aligned.
            byte[] padded = new byte[((raw.Length + sizeof(uint) + 7) & ~7) - sizeof(uint)];
            raw.CopyTo(padded, 0);
            tail = [.. Half((uint)padded.Length), .. padded];
        }

        AddRecord(Perf.PERF_RECORD_SAMPLE, [.. Half(process), .. Half(thread), .. Word(time), .. Word(0), .. tail]);
    }

    internal void AddRecord(uint type, byte[] body) => AddRecord(type, body, (ushort)(body.Length + 8));

    internal void AddRecord(uint type, byte[] body, ushort size)
    {
        byte[] record = [.. Half(type), 0, 0, (byte)size, (byte)(size >> 8), .. body];
        foreach (byte value in record)
        {
            Data[(int)(_head++ % DataBytes)] = value;
        }

        Volatile.Write(ref Page->data_head, _head);
    }

    public void Dispose() => NativeMemory.Free(_memory);
}
