// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports.Mount;

/// <summary>What files of the mount that are no devices answer alike.</summary>
internal static unsafe class OrdinaryFile
{
    /// <summary>Answers an operation that a kind of file has nothing of its own for.</summary>
    internal static void Handle(lrng_shim_request* request)
    {
        switch (request->operation)
        {
            case lrng_shim_operation.LRNG_SHIM_RELEASE:
                _ = lrng_shim_reply_error(request->handle, 0);
                break;
            case lrng_shim_operation.LRNG_SHIM_POLL:
                Poll(request);
                break;
            case lrng_shim_operation.LRNG_SHIM_IOCTL:
                _ = lrng_shim_reply_error(request->handle, Linux.ENOTTY);
                break;
            default:
                _ = lrng_shim_reply_error(request->handle, Linux.EACCES);
                break;
        }
    }

    // As the kernel answers for regular files, which never change their mind.
    private static void Poll(lrng_shim_request* request)
    {
        if (request->argument != 0)
        {
            lrng_shim_forget_poll(request->argument);
        }

        _ = lrng_shim_reply_poll(request->handle, Linux.POLLIN | Linux.POLLRDNORM | Linux.POLLOUT | Linux.POLLWRNORM);
    }
}
