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

    internal lrng_shim_buffer* Request => _request;

    /// <summary>Odd while a request is being served, and changes with each.</summary>
    internal long Turns => Volatile.Read(ref _turns);

    /// <summary>What <see cref="Turns"/> was when progress was last asked for; used by the one who asks.</summary>
    internal long TurnsSeen { get; set; }

    internal void Start() => _thread.Start();

    /// <summary>On the thread, at the beginning and at the end of a request.</summary>
    internal void CountTurn() => Volatile.Write(ref _turns, _turns + 1);

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
