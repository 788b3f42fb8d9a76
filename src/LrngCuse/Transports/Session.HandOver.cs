// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// A connection that outlives the process: what the kernel keeps of it belongs to the descriptor of /dev/cuse or /dev/fuse, and what
// libfuse keeps comes back when it processes the kernel's first request once more. So a successor needs the descriptor, that first
// request, and those that were taken and not answered: it processes them as if they came from the kernel.

using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

internal sealed unsafe partial class Session
{
    private const int NoDevice = -1;

    // Set before the first worker starts, and taken by it.
    private IReadOnlyList<byte[]> _inherited = [];

    /// <summary>The kernel's first request, as it came; empty before <see cref="Accept"/>.</summary>
    internal byte[] Opening { get; private set; } = [];

    /// <summary>The descriptor of the connection, which stays the session's.</summary>
    internal int Device => lrng_shim_device(_native);

    /// <summary>Goes on with a connection that another process opened. The descriptor is the session's from now on, also after an error.</summary>
    /// <returns>0 and the session, or a negative errno.</returns>
    internal static int TakeOverCuse(
        string name, uint major, uint minor, int device, ISessionHandler handler, ILogger logger, out Session? session)
    {
        Debug.Assert(device >= 0, "somebody else's descriptor");
        return ConnectCuse(name, major, minor, device, handler, logger, out session);
    }

    /// <summary>As <see cref="TakeOverCuse"/>, with a mount, which stays when the session ends.</summary>
    internal static int TakeOverFuse(string directory, int device, ISessionHandler handler, ILogger logger, out Session? session)
    {
        Debug.Assert(device >= 0, "somebody else's descriptor");
        return ConnectFuse(directory, device, handler, logger, out session);
    }

    /// <summary>In place of <see cref="Accept"/>: the kernel's first request as the other process got it.</summary>
    /// <returns>False when libfuse refuses it.</returns>
    internal bool AcceptAgain(byte[] opening)
    {
        Opening = opening;
        Replay(opening, (session, request) => lrng_shim_process_again(session, request));
        return _ready;
    }

    /// <summary>Starts serving, those requests first that another process took and did not answer.</summary>
    internal void Start(IReadOnlyList<byte[]> inherited)
    {
        _inherited = inherited;
        Start();
    }

    /// <summary>Takes no more requests from the kernel, which keeps them, and returns when each one that was taken is answered or
    /// parked. Unlike a stop this loses none: told to stop, libfuse forgets what it has just read.</summary>
    internal void Pause() => EndWorkers();

    /// <summary>Has the kernel ask for the attributes of the nodes of a mount again, from 1 to the last.</summary>
    internal void ForgetAttributes(int last)
    {
        for (int node = 1; node <= last; node++)
        {
            // Most are unknown to the kernel.
            _ = lrng_shim_forget_attributes(_native, (ulong)node);
        }
    }

    /// <summary>Has the mount stay when the session is disposed of. Whoever has its descriptor serves it.</summary>
    internal void Leave() => lrng_shim_leave(_native);

    private static int ConnectCuse(
        string name, uint major, uint minor, int device, ISessionHandler handler, ILogger logger, out Session? session)
    {
        var created = new Session(name, handler, logger);
        lrng_shim_callbacks callbacks = SessionCallbacks.Table;
        int result = lrng_shim_new_cuse(name, major, minor, device, &callbacks, GCHandle.ToIntPtr(created._self), out created._native);
        return created.Finish(result, out session);
    }

    private static int ConnectFuse(string directory, int device, ISessionHandler handler, ILogger logger, out Session? session)
    {
        var created = new Session(directory, handler, logger);
        lrng_shim_callbacks callbacks = SessionCallbacks.Table;
        int result = lrng_shim_new_fuse(directory, device, &callbacks, GCHandle.ToIntPtr(created._self), out created._native);
        return created.Finish(result, out session);
    }

    private void ServeInherited(SessionWorker worker)
    {
        foreach (byte[] message in Interlocked.Exchange(ref _inherited, []))
        {
            Replay(message, worker.Process);
        }
    }

    // libfuse reads 64-bit words of it.
    private void Replay(byte[] message, Processing process)
    {
        void* memory = NativeMemory.Alloc((nuint)message.Length);
        try
        {
            message.CopyTo(new Span<byte>(memory, message.Length));
            var request = new lrng_shim_buffer { memory = (nint)memory, size = (ulong)message.Length };
            process(_native, &request);
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }

    private delegate void Processing(nint session, lrng_shim_buffer* request);
}
