// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Collections.Concurrent;
using LrngCuse.Control;
using LrngCuse.Interop;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports.Mount;

/// <summary>The open text files, each with the text of the moment when it was opened: whoever reads it in pieces gets one text.
/// Thread-safe.</summary>
/// <param name="nextFile">Gives numbers that no open file has, those included that an earlier process opened.</param>
internal sealed unsafe class TextFiles(Func<ulong> nextFile)
{
    // Anybody may open them, and each holds about a kilobyte of the daemon until it is closed.
    private const int MaximumOpen = 4096;

    private readonly ConcurrentDictionary<ulong, byte[]> _texts = new();
    private int _openFiles;

    /// <summary>Answers an operation on a text file.</summary>
    internal void Handle(TextFile file, lrng_shim_request* request)
    {
        switch (request->operation)
        {
            case lrng_shim_operation.LRNG_SHIM_OPEN:
                Open(file, request);
                break;
            case lrng_shim_operation.LRNG_SHIM_READ:
                Read(request);
                break;
            case lrng_shim_operation.LRNG_SHIM_WRITE:
                Write(file, request);
                break;
            case lrng_shim_operation.LRNG_SHIM_RELEASE:
                Close(request->file);
                goto default;
            default:
                OrdinaryFile.Handle(request);
                break;
        }
    }

    // The kernel checks the mode, but lets root pass.
    private void Open(TextFile file, lrng_shim_request* request)
    {
        bool writes = (request->flags & Linux.O_ACCMODE) != Linux.O_RDONLY || (request->flags & Linux.O_TRUNC) != 0;
        if (writes && file.Written is null)
        {
            _ = lrng_shim_reply_error(request->handle, Linux.EACCES);
            return;
        }

        if (Interlocked.Increment(ref _openFiles) > MaximumOpen)
        {
            Interlocked.Decrement(ref _openFiles);
            _ = lrng_shim_reply_error(request->handle, Linux.ENFILE);
            return;
        }

        ulong number = nextFile();
        _texts[number] = file.Render();
        if (lrng_shim_reply_open(request->handle, number, lrng_shim_file_kind.LRNG_SHIM_POSITIONED) != 0)
        {
            // The opener was killed meanwhile: nobody will close it.
            Close(number);
        }
    }

    private void Read(lrng_shim_request* request)
    {
        // Opened when another process served the mount, whose text is gone.
        if (!_texts.TryGetValue(request->file, out byte[]? text))
        {
            _ = lrng_shim_reply_error(request->handle, Linux.ESTALE);
            return;
        }

        int offset = (int)Math.Clamp(request->offset, 0, text.Length);
        fixed (byte* start = text)
        {
            _ = lrng_shim_reply_data(request->handle, start + offset, Math.Min(request->size, (ulong)(text.Length - offset)));
        }
    }

    private static void Write(TextFile file, lrng_shim_request* request)
    {
        int errno = file.Written is null ? Linux.EACCES
            : CallerPrivilege.HasSysAdmin((int)request->pid, request->uid) ? file.Written()
            : Linux.EPERM;
        _ = errno == 0 ? lrng_shim_reply_written(request->handle, request->size) : lrng_shim_reply_error(request->handle, errno);
    }

    private void Close(ulong number)
    {
        if (_texts.TryRemove(number, out _))
        {
            Interlocked.Decrement(ref _openFiles);
        }
    }
}
