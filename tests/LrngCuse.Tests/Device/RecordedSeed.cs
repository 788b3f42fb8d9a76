// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;

namespace LrngCuse.Tests.Device;

/// <summary>A wait for a seed without a transport: keeps its answer.</summary>
internal sealed class RecordedSeed(bool fullySeeded = true, bool nonBlocking = false, Consumer? consumer = null)
    : PendingSeed(fullySeeded, nonBlocking, consumer)
{
    private volatile byte[]? _data;
    private volatile int _errno;
    private int _answers;

    internal byte[]? Data => _data;

    internal int Errno => _errno;

    /// <summary>How often it was answered: must never be more than once.</summary>
    internal int Answers => Volatile.Read(ref _answers);

    /// <summary>The second word of the answer.</summary>
    internal ulong Bits => BitConverter.ToUInt64(_data!, sizeof(ulong));

    protected override void SendData(ReadOnlySpan<byte> output)
    {
        _data = output.ToArray();
        Interlocked.Increment(ref _answers);
    }

    protected override void SendError(int errno)
    {
        _errno = errno;
        Interlocked.Increment(ref _answers);
    }
}
