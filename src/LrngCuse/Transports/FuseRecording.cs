// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Recording;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

/// <summary>A parked read of recorded values.</summary>
internal sealed unsafe class FuseRecording(nint request, int bytes) : PendingRecording(bytes)
{
    // That this may fail is of no interest, as with FuseRead.
    protected override void SendData(ReadOnlySpan<byte> output)
    {
        fixed (byte* data = output)
        {
            _ = lrng_shim_reply_data(request, data, (ulong)output.Length);
        }
    }

    protected override void SendError(int errno) => _ = lrng_shim_reply_error(request, errno);
}
