// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LrngEngine.Memory;

namespace LrngCuse.Feeding;

/// <summary>Locked memory for what is received asynchronously. Fails where it cannot be locked; wiped when disposed.</summary>
internal sealed unsafe class SecretMemory : MemoryManager<byte>
{
    private readonly SecretArena _arena;
    private readonly SecretBuffer _buffer;

    /// <exception cref="CommandException">The memory cannot be locked.</exception>
    internal SecretMemory(int bytes)
    {
        try
        {
            _arena = new SecretArena(bytes);
        }
        catch (InvalidOperationException error)
        {
            throw new CommandException(error.Message, "raise the limit of locked memory: ulimit -l, or LimitMEMLOCK= in the unit");
        }

        _buffer = _arena.Allocate(bytes);
    }

    public void Dispose() => Dispose(disposing: true);

    public override Span<byte> GetSpan() => _buffer.Span;

    public override MemoryHandle Pin(int elementIndex = 0) =>
        new((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(_buffer.Span)) + elementIndex);

    // Native memory does not move.
    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        _buffer.Dispose();
        _arena.Dispose();
    }
}
