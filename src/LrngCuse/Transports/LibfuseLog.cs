// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngCuse.Interop;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Transports;

/// <summary>Takes what libfuse says of its own accord into the daemon's log. One for the process, as libfuse has it.</summary>
internal static unsafe class LibfuseLog
{
    private static volatile ILogger? s_logger;

    internal static void Attach(ILogger logger)
    {
        s_logger = logger;
        Shim.lrng_shim_set_log(&Write);
    }

    [UnmanagedCallersOnly]
    private static void Write(int level, byte* text)
    {
        if (s_logger is { } logger && Marshal.PtrToStringUTF8((nint)text) is { } line)
        {
            Log.Libfuse(logger, line);
        }
    }
}
