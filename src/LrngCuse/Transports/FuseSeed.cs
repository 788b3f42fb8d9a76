// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

/// <summary>A parked LRNG_GETSEED of a session.</summary>
internal sealed unsafe class FuseSeed(nint request, IoctlOutcome.PullSeed wanted, Consumer consumer)
    : PendingSeed(wanted.FullySeeded, wanted.NonBlocking, consumer)
{
    // ioctl(2) returns the length. That this may fail is of no interest, as with FuseRead.
    protected override void SendData(ReadOnlySpan<byte> output)
    {
        fixed (byte* data = output)
        {
            _ = lrng_shim_reply_ioctl(request, output.Length, data, (ulong)output.Length);
        }
    }

    protected override void SendError(int errno) => _ = lrng_shim_reply_error(request, errno);
}
