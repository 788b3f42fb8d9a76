// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LrngCuse.Interop;
using Tmds.Linux;

namespace LrngCuse.Device;

/// <summary>
/// Native memory for bytes on their way to a reader: not on the GC heap, not in a core dump, locked where the limit allows
/// (a hundred readers' answers may exceed RLIMIT_MEMLOCK; seeds and keys never come here), wiped when disposed.
/// </summary>
internal sealed unsafe class OutputBuffer : MemoryManager<byte>
{
    private byte* _address;

    internal OutputBuffer(int bytes)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint rounded = ((nuint)bytes + page - 1) / page * page;
        _address = (byte*)NativeMemory.AlignedAlloc(rounded, page);
        Length = bytes;
        _ = LibC.mlock(_address, (size_t)bytes);
        _ = LibC.madvise(_address, (size_t)rounded, Linux.MADV_DONTDUMP);
        CryptographicOperations.ZeroMemory(Span);
    }

    internal int Length { get; }

    internal Span<byte> Span
    {
        get
        {
            Debug.Assert(_address is not null, "disposed");
            return new Span<byte>(_address, Length);
        }
    }

    public void Dispose() => Dispose(disposing: true);

    public override Span<byte> GetSpan() => Span;

    public override MemoryHandle Pin(int elementIndex = 0) => new(_address + elementIndex);

    // Native memory does not move.
    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (_address is not null)
        {
            CryptographicOperations.ZeroMemory(Span);
            _ = LibC.munlock(_address, (size_t)Length);
            NativeMemory.AlignedFree(_address);
            _address = null;
        }
    }
}
