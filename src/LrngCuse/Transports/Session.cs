// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// One connection to the kernel, a CUSE device or a FUSE mount, with the threads that serve it.
//
// Leader and followers: one thread at a time waits for requests (the leader). It serves short ones itself; before a long one it
// hands the lead on, if more than one reader is active, and comes back as a follower. Two threads that wait at the same time
// would be woken in turn, mostly on the wrong CPU: 10 to 13 us a call instead of 7; one thread alone would serve two large
// readers at half the speed.

using System.Runtime.InteropServices;
using LrngCuse.Interop;
using Microsoft.Extensions.Logging;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

/// <summary>A session and its workers.</summary>
internal sealed unsafe partial class Session : IDisposable
{
    private readonly ISessionHandler _handler;
    private readonly ILogger _logger;
    private readonly int _maximumWorkers;
    private readonly LeadPolicy _policy = new(TimeProvider.System);
    private GCHandle _self;
    private nint _native;

    private readonly object _lead = new();

    // All below guarded by _lead.
    private readonly List<SessionWorker> _workers = [];
    private bool _leadTaken;
    private int _followers;
    private bool _over;

    private volatile bool _stopping;
    private bool _ready;

    private Session(string name, ISessionHandler handler, ILogger logger)
    {
        Name = name;
        _handler = handler;
        _logger = logger;
        _maximumWorkers = Math.Max(2, Environment.ProcessorCount);
        _self = GCHandle.Alloc(this);
    }

    /// <summary>Raised once, on a worker, when the kernel ended the connection although nobody asked for it.</summary>
    internal event Action<string>? Lost;

    /// <summary>Device or directory, for messages.</summary>
    internal string Name { get; }

    /// <summary>Connects to /dev/cuse. The device appears in <see cref="Accept"/>.</summary>
    /// <returns>0 and the session, or a negative errno of open(2).</returns>
    internal static int ConnectCuse(
        string name, uint major, uint minor, ISessionHandler handler, ILogger logger, out Session? session) =>
        ConnectCuse(name, major, minor, NoDevice, handler, logger, out session);

    /// <summary>Mounts at a directory.</summary>
    /// <returns>0 and the session, or a negative errno of mount(2).</returns>
    internal static int ConnectFuse(string directory, ISessionHandler handler, ILogger logger, out Session? session) =>
        ConnectFuse(directory, NoDevice, handler, logger, out session);

    /// <summary>Answers the kernel's first request, on the calling thread.</summary>
    /// <returns>False when the kernel refused the session.</returns>
    internal bool Accept()
    {
        lrng_shim_buffer buffer = default;
        try
        {
            while (!_ready)
            {
                int length = lrng_shim_receive(_native, &buffer);
                if (length is <= 0 and not -Linux.EINTR)
                {
                    return false;
                }

                if (length > 0)
                {
                    Opening = new ReadOnlySpan<byte>((void*)buffer.memory, length).ToArray();
                    lrng_shim_process(_native, &buffer);
                }
            }

            return true;
        }
        finally
        {
            lrng_shim_release_buffer(&buffer);
        }
    }

    /// <summary>Starts serving.</summary>
    internal void Start()
    {
        lock (_lead)
        {
            AddWorker();
        }
    }

    /// <summary>Stops the workers, then removes the device or the mount. Open descriptors of clients get errors from now on.</summary>
    public void Dispose()
    {
        if (_native == 0)
        {
            return;
        }

        // Before the session tells workers that it is over: they are not to believe that it was lost.
        _stopping = true;
        lrng_shim_stop(_native);
        EndWorkers();
        lrng_shim_destroy(_native);
        _native = 0;
        _self.Free();
    }

    /// <inheritdoc cref="ITransport.MakesProgress"/>
    internal bool MakesProgress()
    {
        bool progress = true;
        lock (_lead)
        {
            foreach (SessionWorker worker in _workers)
            {
                long turns = worker.Turns;
                progress &= (turns & 1) == 0 || turns != worker.TurnsSeen;
                worker.TurnsSeen = turns;
            }
        }

        return progress;
    }

    internal void OnReady() => _ready = true;

    internal void OnRequest(lrng_shim_request* request)
    {
        try
        {
            _handler.Handle(request, SessionWorker.Output);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Log.RequestFailed(_logger, error);
            _ = lrng_shim_reply_error(request->handle, Linux.EIO);
        }
    }

    internal void OnInterrupted(ulong token)
    {
        try
        {
            _handler.Interrupted(token);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Log.RequestFailed(_logger, error);
        }
    }

    /// <summary>The life of one worker.</summary>
    internal void Serve(SessionWorker worker)
    {
        ServeInherited(worker);
        while (TakeTurn(out byte[]? setAside))
        {
            if (setAside is not null)
            {
                Replay(setAside, worker.Process);
                continue;
            }

            while (Lead(worker))
            {
            }
        }
    }

    // One request as the leader. False when the lead was handed on or the session is over.
    private bool Lead(SessionWorker worker)
    {
        if (_stopping)
        {
            return false;
        }

        WaitUnlessCrowded();
        int length = lrng_shim_receive(_native, worker.Request);
        if (length == -Linux.EINTR)
        {
            return true;
        }

        if (length == -Linux.EAGAIN)
        {
            return !ServeSetAside(worker);
        }

        if (length <= 0)
        {
            End(length);
            return false;
        }

        bool handsOn = _policy.HandsOn(worker.Request->reader, worker.Request->read_size);
        if (handsOn && SetAside(worker.Request))
        {
            return true;
        }

        worker.Process(_native, worker.Request);
        return !handsOn;
    }

    private int Finish(int result, out Session? session)
    {
        if (result != 0)
        {
            _self.Free();
            session = null;
            return result;
        }

        session = this;
        return 0;
    }
}
