// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

/// <summary>What the shim calls. The session keeps exceptions out of the native frames.</summary>
internal static unsafe class SessionCallbacks
{
    internal static lrng_shim_callbacks Table => new()
    {
        request = &Request,
        interrupted = &Interrupted,
        ready = &Ready,
    };

    [UnmanagedCallersOnly]
    private static void Request(nint context, lrng_shim_request* request) => SessionOf(context).OnRequest(request);

    [UnmanagedCallersOnly]
    private static void Interrupted(nint context, ulong token) => SessionOf(context).OnInterrupted(token);

    [UnmanagedCallersOnly]
    private static void Ready(nint context) => SessionOf(context).OnReady();

    private static Session SessionOf(nint context) => Unsafe.As<Session>(GCHandle.FromIntPtr(context).Target!);
}
