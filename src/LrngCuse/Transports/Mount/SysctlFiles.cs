// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// What the kernel's proc_dointvec, proc_dostring and sysctl_writes_strict make of reads and writes, so that a file can be mounted
// over its twin in /proc/sys and nobody notices: a number comes from offset 0 alone, cut to what was asked for; there is no second
// piece of it. Of a string there is, and of one that changes it is a piece of the next. A write counts at offset 0 alone.

using LrngCuse.Control;
using LrngCuse.Interop;
using LrngEngine;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports.Mount;

/// <summary>Requests for sysctl files. Keeps nothing of an open file. Thread-safe.</summary>
internal static unsafe class SysctlFiles
{
    /// <summary>Answers an operation on a sysctl file.</summary>
    internal static void Handle(SysctlFile file, lrng_shim_request* request)
    {
        switch (request->operation)
        {
            case lrng_shim_operation.LRNG_SHIM_OPEN:
                Open(file, request);
                break;
            case lrng_shim_operation.LRNG_SHIM_READ:
                Read(file, request);
                break;
            case lrng_shim_operation.LRNG_SHIM_WRITE:
                Write(file, request);
                break;
            default:
                OrdinaryFile.Handle(request);
                break;
        }
    }

    // The kernel checks the mode, but lets root pass.
    private static void Open(SysctlFile file, lrng_shim_request* request)
    {
        bool writes = (request->flags & Linux.O_ACCMODE) != Linux.O_RDONLY || (request->flags & Linux.O_TRUNC) != 0;
        _ = writes && file.Write is null
            ? lrng_shim_reply_error(request->handle, Linux.EACCES)
            : lrng_shim_reply_open(request->handle, 0, lrng_shim_file_kind.LRNG_SHIM_POSITIONED);
    }

    private static void Read(SysctlFile file, lrng_shim_request* request)
    {
        byte* text = stackalloc byte[SysctlFile.MaximumBytes];
        int bytes = 0;
        if ((request->offset == 0 || file.ContinuesAtOffset) && request->size > 0)
        {
            try
            {
                bytes = file.Render(new Span<byte>(text, SysctlFile.MaximumBytes));
            }
            catch (GeneratorFailedException)
            {
                _ = lrng_shim_reply_error(request->handle, Linux.EIO);
                return;
            }
        }

        int begin = (int)Math.Clamp(request->offset, 0, bytes);
        _ = lrng_shim_reply_data(request->handle, text + begin, Math.Min(request->size, (ulong)(bytes - begin)));
    }

    private static void Write(SysctlFile file, lrng_shim_request* request)
    {
        bool atBeginning = request->offset == 0 || (request->flags & Linux.O_APPEND) != 0;
        int errno = 0;
        if (!CallerPrivilege.HasSysAdmin((int)request->pid, request->uid))
        {
            errno = Linux.EPERM;
        }
        else if (atBeginning)
        {
            var text = new ReadOnlySpan<byte>(request->data, checked((int)request->size));
            errno = SysctlNumber.TryParse(text, out int value) && file.Write!(value) ? 0 : Linux.EINVAL;
        }

        _ = errno == 0 ? lrng_shim_reply_written(request->handle, request->size) : lrng_shim_reply_error(request->handle, errno);
    }
}
