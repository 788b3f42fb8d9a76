// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;

namespace LrngCuse.Tests.Device;

/// <summary>A read without a transport: keeps its answer.</summary>
internal sealed class RecordedRead(ReadMode mode) : PendingRead(mode)
{
    private volatile byte[]? _data;
    private volatile int _errno;
    private int _answers;

    internal byte[]? Data => _data;

    internal int Errno => _errno;

    /// <summary>How often it was answered: must never be more than once.</summary>
    internal int Answers => Volatile.Read(ref _answers);

    internal static RecordedRead Blocking(int bytes) => new(new ReadMode(DeviceNode.Random, bytes, false, false));

    internal static RecordedRead PredictionResistant(int bytes, bool nonBlocking = false) =>
        new(new ReadMode(DeviceNode.Random, bytes, nonBlocking, true));

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
