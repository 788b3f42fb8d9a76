// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using LrngCuse.Interop;

namespace LrngCuse.Sampling;

/// <summary>
/// Reads the ring buffer that an event's descriptor maps. The kernel writes records and then data_head; the reader reads data_head,
/// then records, then writes data_tail. Sizes are multiples of 8 and so is the buffer's, hence an aligned word never wraps around.
/// Whatever lies in the memory, a read ends and stays inside the buffer.
/// </summary>
internal sealed unsafe class PerfRing
{
    private const int HeaderBytes = 8;

    private readonly Perf.perf_event_mmap_page* _page;
    private readonly byte* _data;
    private readonly ulong _dataBytes;
    private readonly SampleLayout _layout;
    private readonly RingTally _tally;
    private ulong _tail;

    /// <param name="page">The control page; the caller keeps it mapped.</param>
    /// <param name="data">The buffer behind it.</param>
    /// <param name="dataBytes">Length of the buffer, a power of two.</param>
    /// <param name="layout">How the event was opened.</param>
    /// <param name="tally">Counts what is read.</param>
    internal PerfRing(Perf.perf_event_mmap_page* page, byte* data, uint dataBytes, SampleLayout layout, RingTally tally)
    {
        Debug.Assert(BitOperations.IsPow2(dataBytes) && dataBytes >= HeaderBytes, "the kernel maps a power of two of pages");
        _page = page;
        _data = data;
        _dataBytes = dataBytes;
        _layout = layout;
        _tally = tally;
        _tail = page->data_tail;
    }

    /// <summary>Takes samples out of the buffer and gives their room back to the kernel.</summary>
    /// <returns>How many; fewer than asked for if the buffer is empty.</returns>
    internal int Read(Span<PerfSample> samples)
    {
        // Acquire: the records were written before it.
        ulong head = Volatile.Read(ref _page->data_head);
        int count = 0;
        if (head - _tail > _dataBytes)
        {
            Skip(head);
        }

        while (_tail != head && count < samples.Length)
        {
            var header = BitCast(ReadWord(0));
            if (header.size < HeaderBytes || header.size % sizeof(ulong) != 0 || header.size > head - _tail)
            {
                Skip(head);
                break;
            }

            count += Take(header, ref samples[count]) ? 1 : 0;
            _tail += header.size;
        }

        // Release: the records are read before the kernel may write over them.
        Volatile.Write(ref _page->data_tail, _tail);
        _tally.Samples += (ulong)count;
        return count;
    }

    // Returns whether the record was a sample.
    private bool Take(Perf.perf_event_header header, ref PerfSample sample)
    {
        switch (header.type)
        {
            case Perf.PERF_RECORD_SAMPLE when header.size >= _layout.MinimumBytes:
                sample = Parse(header.size);
                return true;
            case Perf.PERF_RECORD_LOST when header.size >= HeaderBytes + (2 * sizeof(ulong)):
                // { header, u64 id, u64 lost }
                _tally.LostRecords += ReadWord(HeaderBytes + sizeof(ulong));
                return false;
            case Perf.PERF_RECORD_LOST_SAMPLES when header.size >= HeaderBytes + sizeof(ulong):
                _tally.LostRecords += ReadWord(HeaderBytes);
                return false;
            case Perf.PERF_RECORD_THROTTLE:
                _tally.Throttled++;
                return false;
            case Perf.PERF_RECORD_UNTHROTTLE:
                return false;
            case Perf.PERF_RECORD_SAMPLE or Perf.PERF_RECORD_LOST or Perf.PERF_RECORD_LOST_SAMPLES:
                _tally.Broken++;
                return false;
            default:
                _tally.Unknown++;
                return false;
        }
    }

    private PerfSample Parse(int recordBytes)
    {
        ulong thread = _layout.Thread >= 0 ? ReadWord(_layout.Thread) : 0;
        uint raw = 0;
        if (_layout.RawField >= 0)
        {
            uint rawBytes = ReadHalf(_layout.RawSize);
            int field = _layout.RawSize + sizeof(uint) + _layout.RawField;
            if (_layout.RawField + sizeof(uint) <= rawBytes && field + sizeof(uint) <= recordBytes)
            {
                raw = ReadHalf(field);
            }
        }

        // pid is the first of the two; all machines that this runs on are little-endian.
        return new PerfSample(ReadWord(_layout.Time), (uint)thread, (uint)(thread >> 32), raw);
    }

    private void Skip(ulong head)
    {
        _tally.Broken++;
        _tail = head;
    }

    // The mask keeps every read inside; the offset is a multiple of 8, and the tail is unless the memory was garbage.
    private ulong ReadWord(int offset)
    {
        ulong at = (_tail + (uint)offset) & (_dataBytes - 1);
        return at + sizeof(ulong) <= _dataBytes ? Unsafe.ReadUnaligned<ulong>(_data + at) : ReadAcross(at);
    }

    private uint ReadHalf(int offset)
    {
        ulong at = (_tail + (uint)offset) & (_dataBytes - 1);
        return at + sizeof(uint) <= _dataBytes ? Unsafe.ReadUnaligned<uint>(_data + at) : (uint)ReadAcross(at);
    }

    // A field that is not aligned may lie on both sides of the end.
    private ulong ReadAcross(ulong at)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = _data[(at + (uint)i) & (_dataBytes - 1)];
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private static Perf.perf_event_header BitCast(ulong word) => Unsafe.BitCast<ulong, Perf.perf_event_header>(word);
}
