// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// Reads and seeds that must wait, and the one thread that answers them. A parked request costs no thread of its own; an idle
// daemon's thread sleeps here without a timeout.

using System.Diagnostics;
using System.Security.Cryptography;
using LrngCuse.Interop;
using LrngEngine;
using LrngEngine.Drng;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Device;

/// <summary>The queue of parked requests. Thread-safe.</summary>
internal sealed partial class ParkedReads : IDisposable
{
    // Drained sources are asked again after this time, but only while somebody waits for them.
    private static readonly TimeSpan s_drainedPause = TimeSpan.FromMilliseconds(50);

    private readonly DrngManager _manager;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly OutputBuffer _scratch;

    private readonly object _signal = new();

    // All below guarded by _signal.
    private readonly LinkedList<PendingRequest> _ungated = [];
    private readonly LinkedList<PendingRequest> _plain = [];
    private readonly LinkedList<PendingRequest> _pulling = [];
    private int _beingServed;
    private bool _closed;
    private bool _started;

    private long _servedBytes;

    internal ParkedReads(DrngManager manager, PullLimits limits, TimeProvider clock, ILogger logger)
    {
        _manager = manager;
        _limits = limits;
        _limitEnds = clock.CreateTimer(
            static self => ((ParkedReads)self!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _logger = logger;
        _scratch = new OutputBuffer(RandomDevice.MaximumRequestBytes);
        _thread = new Thread(Run) { IsBackground = true, Name = "lrng-parked" };
    }

    /// <summary>Requests that are not answered yet, the one that is being served included.</summary>
    internal int Count
    {
        get
        {
            lock (_signal)
            {
                return _ungated.Count + _plain.Count + _pulling.Count + _beingServed;
            }
        }
    }

    internal long ServedBytes => Interlocked.Read(ref _servedBytes);

    /// <summary>Answered reads, for those that need not wait as well.</summary>
    internal RequestTally Requests { get; } = new();

    internal void Start()
    {
        lock (_signal)
        {
            _started = true;
        }

        _thread.Start();
    }

    /// <summary>Queues a request. False when the device is closing.</summary>
    internal bool Add(PendingRequest request)
    {
        lock (_signal)
        {
            if (_closed)
            {
                return false;
            }

            // Interrupted before it came here: nothing to wait for.
            if (!request.Answered)
            {
                QueueOf(request).AddLast(request);
                Monitor.Pulse(_signal);
            }

            return true;
        }
    }

    /// <summary>Takes a request out that was answered elsewhere, with so many bytes.</summary>
    internal void Remove(PendingRequest request, int sentBytes)
    {
        CountSent(request, sentBytes);
        lock (_signal)
        {
            _ = QueueOf(request).Remove(request);
        }
    }

    /// <summary>Has the queue looked at again: the generator became operational, or entered its error state, or a limit is over.</summary>
    internal void Wake()
    {
        lock (_signal)
        {
            Monitor.Pulse(_signal);
        }
    }

    /// <summary>Answers no parked request any more and refuses new ones. Those that wait stay, until <see cref="Close"/>.</summary>
    internal void Pause()
    {
        lock (_signal)
        {
            _closed = true;
            Monitor.Pulse(_signal);
        }

        if (_started)
        {
            _thread.Join();
        }
    }

    /// <summary>Answers every parked request with an error, or with the bytes it already has, and refuses new ones.</summary>
    internal void Close()
    {
        Pause();
        PendingRequest[] rest;
        lock (_signal)
        {
            rest = [.. _ungated, .. _plain, .. _pulling];
            _ungated.Clear();
            _plain.Clear();
            _pulling.Clear();
        }

        foreach (PendingRequest request in rest)
        {
            CountSent(request, request.Finish(Linux.ENODEV));
        }
    }

    public void Dispose()
    {
        Close();
        _limitEnds.Dispose();
        _scratch.Dispose();
    }

    private void Run()
    {
        while (Next() is { } request)
        {
            try
            {
                Serve(request);
            }
            catch (GeneratorFailedException)
            {
                request.Withdraw(Linux.EIO);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                Log.ParkedReadFailed(_logger, error);
                _ = request.Finish(Linux.ENODEV);
            }
        }
    }

    // The next request that can be worked on: plain reads first, they cost no entropy. Null when closed.
    private PendingRequest? Next()
    {
        lock (_signal)
        {
            _beingServed = 0;
            while (!_closed)
            {
                if (FirstThatCanBeServed() is { } first)
                {
                    first.List!.Remove(first);
                    _beingServed = 1;
                    return first.Value;
                }

                _ = Monitor.Wait(_signal);
            }

            return null;
        }
    }

    // Under _signal.
    private LinkedList<PendingRequest> QueueOf(PendingRequest request) => request switch
    {
        { TakesPull: true } => _pulling,
        PendingRead { Mode.Node: DeviceNode.Urandom } => _ungated,
        _ => _plain,
    };

    // Under _signal.
    private LinkedListNode<PendingRequest>? FirstThatCanBeServed()
    {
        if (_ungated.Count > 0)
        {
            return _ungated.First;
        }

        if (_manager.Errors.IsEntered)
        {
            return _plain.First ?? _pulling.First;
        }

        if (_plain.Count > 0 && _manager.HasOutput)
        {
            return _plain.First;
        }

        return FirstThatMayPull();
    }

    private void Serve(PendingRequest request)
    {
        _manager.Errors.ThrowIfEntered();
        switch (request)
        {
            case { Answered: true }:
                break;
            case PendingSeed seed:
                ServeSeed(seed);
                break;
            case PendingRead { TakesPull: true } read:
                ServePull(read);
                break;
            case PendingRead read:
                ServePlain(read);
                break;
            default:
                throw new UnreachableException("reads and seeds are all that waits");
        }
    }

    private void ServePlain(PendingRead read)
    {
        Debug.Assert(read.Mode.Bytes <= _scratch.Length, "a transport passed on more than its maximum");
        Span<byte> output = _scratch.Span[..read.Missing];
        int bytes = output.Length;
        if (read.Mode.Node == DeviceNode.Urandom)
        {
            _manager.Generate(output);
        }
        else
        {
            bytes = _manager.GenerateWithinLimit(output);
        }

        CountSent(read, bytes == read.Mode.Bytes ? read.CompleteWith(output) : read.Append(output[..bytes]));
        CryptographicOperations.ZeroMemory(output);
        if (!read.Answered)
        {
            Requeue(read, _plain, drained: false);
        }
    }

    private void CountSent(PendingRequest request, int sentBytes)
    {
        if (request is PendingRead read && sentBytes > 0)
        {
            Interlocked.Add(ref _servedBytes, sentBytes);
            Requests.Add(read.Mode, read.Began);
            read.Consumer?.Class.AddRead(sentBytes);
        }
    }

    // At the end, behind those that wait already. Plain reads stay until the output limit is lifted, which wakes the thread.
    private void Requeue(PendingRequest request, LinkedList<PendingRequest> queue, bool drained)
    {
        lock (_signal)
        {
            // Answered meanwhile: whoever did it has looked for it already, or will.
            if (!request.Answered)
            {
                queue.AddLast(request);
            }

            _beingServed = 0;
            if (drained && !_closed)
            {
                _ = Monitor.Wait(_signal, s_drainedPause);
            }
        }
    }
}
