// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngCuse.Device;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

/// <summary>A thread that serves a session, with its buffers.</summary>
internal sealed unsafe class SessionWorker : IDisposable
{
    [ThreadStatic]
    private static SessionWorker? t_current;

    private readonly Session _session;
    private readonly Thread _thread;
    private lrng_shim_buffer* _request;
    private lrng_shim_buffer* _processed;
    private readonly OutputBuffer _output = new(RandomDevice.MaximumRequestBytes);
    private volatile int _threadId;

    // Written by the thread only.
    private long _turns;

    internal SessionWorker(Session session, string name)
    {
        _session = session;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
    }

    /// <summary>Room for one answer of the largest size, of the calling worker; empty on other threads.</summary>
    internal static Span<byte> Output => t_current is { } worker ? worker._output.Span : [];

    /// <summary>The request that the calling worker is processing, as the kernel sent it; empty on other threads.</summary>
    internal static ReadOnlySpan<byte> Message => t_current is { _processed: not null and var request }
        ? new ReadOnlySpan<byte>((void*)request->memory, checked((int)request->size))
        : [];

    internal lrng_shim_buffer* Request => _request;

    /// <summary>Odd while a request is being served, and changes with each.</summary>
    internal long Turns => Volatile.Read(ref _turns);

    /// <summary>What <see cref="Turns"/> was when progress was last asked for; used by the one who asks.</summary>
    internal long TurnsSeen { get; set; }

    internal void Start() => _thread.Start();

    /// <summary>On the thread: has the session answer a request, now or later.</summary>
    internal void Process(nint session, lrng_shim_buffer* request)
    {
        CountTurn();
        _processed = request;
        lrng_shim_process(session, request);
        _processed = null;
        CountTurn();
    }

    /// <summary>Interrupts the thread until it has ended; the session has been told to stop.</summary>
    internal void Join()
    {
        // A signal that comes just before the thread enters read(2) is lost, so it is repeated.
        while (!_thread.Join(1))
        {
            if (_threadId != 0)
            {
                _ = lrng_shim_wake_thread(_threadId);
            }
        }
    }

    /// <summary>To be called after <see cref="Join"/>.</summary>
    public void Dispose() => _output.Dispose();

    private void CountTurn() => Volatile.Write(ref _turns, _turns + 1);

    private void Run()
    {
        _request = (lrng_shim_buffer*)NativeMemory.AllocZeroed((nuint)sizeof(lrng_shim_buffer));
        t_current = this;
        _threadId = lrng_shim_thread_id();
        try
        {
            _session.Serve(this);
        }
        finally
        {
            t_current = null;
            lrng_shim_release_buffer(_request);
            NativeMemory.Free(_request);
        }
    }
}
