// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports.Mount;

/// <summary>Answers operations on a <see cref="HashFile"/>, for root alone.</summary>
internal static unsafe class HashFiles
{
    internal static void Handle(HashFile file, lrng_shim_request* request, Span<byte> output)
    {
        switch (request->operation)
        {
            case lrng_shim_operation.LRNG_SHIM_OPEN:
                Open(file, request);
                break;
            case lrng_shim_operation.LRNG_SHIM_READ:
                Read(file, request, output);
                break;
            case lrng_shim_operation.LRNG_SHIM_WRITE:
                Write(file, request);
                break;
            default:
                OrdinaryFile.Handle(request);
                break;
        }
    }

    /// <summary>Empties the message, as a shell does with what it writes to.</summary>
    /// <returns>False if the caller is not root.</returns>
    internal static bool TryTruncate(HashFile file, lrng_shim_request* request) => request->uid == 0 && file.Write([]) == 0;

    // The kernel checks the mode, but the owner is the daemon's user, who may be another one than root.
    private static void Open(HashFile file, lrng_shim_request* request)
    {
        bool truncates = (request->flags & Linux.O_TRUNC) != 0;
        if (request->uid != 0 || (truncates && !TryTruncate(file, request)))
        {
            _ = lrng_shim_reply_error(request->handle, Linux.EACCES);
            return;
        }

        // Nothing is kept for an open file, so it does not matter whether the opener is still there.
        _ = lrng_shim_reply_open(request->handle, request->node, lrng_shim_file_kind.LRNG_SHIM_STREAM);
    }

    private static void Read(HashFile file, lrng_shim_request* request, Span<byte> output)
    {
        Span<byte> wanted = output[..(int)Math.Min(request->size, (ulong)output.Length)];
        int errno = file.Read(wanted);
        fixed (byte* data = wanted)
        {
            _ = errno == 0
                ? lrng_shim_reply_data(request->handle, data, (ulong)wanted.Length)
                : lrng_shim_reply_error(request->handle, errno);
        }
    }

    private static void Write(HashFile file, lrng_shim_request* request)
    {
        int errno = request->size > HashFile.MaximumMessageBytes
            ? Linux.EINVAL
            : file.Write(new ReadOnlySpan<byte>(request->data, (int)request->size));
        _ = errno == 0 ? lrng_shim_reply_written(request->handle, request->size) : lrng_shim_reply_error(request->handle, errno);
    }
}
