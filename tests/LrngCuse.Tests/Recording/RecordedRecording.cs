// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngCuse.Recording;

namespace LrngCuse.Tests.Recording;

/// <summary>A wait for recorded values without a transport: keeps its answer.</summary>
internal sealed class RecordedRecording(int bytes) : PendingRecording(bytes)
{
    internal uint[]? Values { get; private set; }

    internal int Errno { get; private set; }

    protected override void SendData(ReadOnlySpan<byte> output) => Values = MemoryMarshal.Cast<byte, uint>(output).ToArray();

    protected override void SendError(int errno) => Errno = errno;
}
