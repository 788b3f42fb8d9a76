// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

/// <summary>A parked read of a session.</summary>
internal sealed unsafe class FuseRead(nint request, ReadMode mode) : PendingRead(mode)
{
    // The result is ignored: a reader that is gone cannot be helped, and libfuse has freed the request either way.
    protected override void SendData(ReadOnlySpan<byte> output)
    {
        fixed (byte* data = output)
        {
            _ = lrng_shim_reply_data(request, data, (ulong)output.Length);
        }
    }

    protected override void SendError(int errno) => _ = lrng_shim_reply_error(request, errno);
}
