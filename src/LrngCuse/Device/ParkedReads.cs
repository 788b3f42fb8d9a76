// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// Reads that must wait, and the one thread that answers them. A parked read costs no thread of its own; an idle daemon's
// thread sleeps here without a timeout.

using System.Diagnostics;
using LrngCuse.Interop;
using LrngEngine.Drng;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Device;

/// <summary>The queue of parked reads. Thread-safe.</summary>
internal sealed class ParkedReads : IDisposable
{
    // Drained sources are asked again after this time, but only while somebody waits for them.
    private static readonly TimeSpan s_drainedPause = TimeSpan.FromMilliseconds(50);

    private readonly DrngManager _manager;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly OutputBuffer _scratch;

    private readonly object _signal = new();

    // All below guarded by _signal.
    private readonly LinkedList<PendingRead> _plain = [];
    private readonly LinkedList<PendingRead> _predictionResistant = [];
    private int _beingServed;
    private bool _closed;
    private bool _started;

    private long _servedBytes;

    internal ParkedReads(DrngManager manager, ILogger logger)
    {
        _manager = manager;
        _logger = logger;
        _scratch = new OutputBuffer(RandomDevice.MaximumRequestBytes);
        _thread = new Thread(Run) { IsBackground = true, Name = "lrng-parked" };
    }

    /// <summary>Reads that are not answered yet, the one that is being served included.</summary>
    internal int Count
    {
        get
        {
            lock (_signal)
            {
                return _plain.Count + _predictionResistant.Count + _beingServed;
            }
        }
    }

    internal long ServedBytes => Interlocked.Read(ref _servedBytes);

    internal void Start()
    {
        lock (_signal)
        {
            _started = true;
        }

        _thread.Start();
    }

    /// <summary>Queues a read. False when the device is closing.</summary>
    internal bool Add(PendingRead read)
    {
        lock (_signal)
        {
            if (_closed)
            {
                return false;
            }

            // Interrupted before it came here: nothing to wait for.
            if (!read.Answered)
            {
                (read.Mode.PredictionResistant ? _predictionResistant : _plain).AddLast(read);
                Monitor.Pulse(_signal);
            }

            return true;
        }
    }

    /// <summary>Takes a read out that was answered elsewhere.</summary>
    internal void Remove(PendingRead read)
    {
        lock (_signal)
        {
            _ = _plain.Remove(read) || _predictionResistant.Remove(read);
        }
    }

    /// <summary>Has the queue looked at again: the generator became operational.</summary>
    internal void Wake()
    {
        lock (_signal)
        {
            Monitor.Pulse(_signal);
        }
    }

    /// <summary>Answers every parked read with an error, or with the bytes it already has, and refuses new ones.</summary>
    internal void Close()
    {
        PendingRead[] rest;
        lock (_signal)
        {
            _closed = true;
            rest = [.. _plain, .. _predictionResistant];
            _plain.Clear();
            _predictionResistant.Clear();
            Monitor.Pulse(_signal);
        }

        foreach (PendingRead read in rest)
        {
            _ = read.Finish(Linux.ENODEV);
        }

        if (_started)
        {
            _thread.Join();
        }
    }

    public void Dispose()
    {
        Close();
        _scratch.Dispose();
    }

    private void Run()
    {
        while (Next() is { } read)
        {
            try
            {
                Serve(read);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                Log.ParkedReadFailed(_logger, error);
                _ = read.Finish(Linux.ENODEV);
            }
        }
    }

    // The next read that can be worked on: plain ones first, they cost no entropy. Null when closed.
    private PendingRead? Next()
    {
        lock (_signal)
        {
            _beingServed = 0;
            while (!_closed)
            {
                bool plain = _plain.Count > 0 && _manager.HasOutput;
                LinkedList<PendingRead> queue = plain ? _plain : _predictionResistant;
                if (queue.First is { } first && _manager.Operational)
                {
                    queue.RemoveFirst();
                    _beingServed = 1;
                    return first.Value;
                }

                _ = Monitor.Wait(_signal);
            }

            return null;
        }
    }

    private void Serve(PendingRead read)
    {
        if (read.Answered)
        {
            return;
        }

        if (read.Mode.PredictionResistant)
        {
            ServePull(read);
            return;
        }

        Debug.Assert(read.Mode.Bytes <= _scratch.Length, "a transport passed on more than its maximum");
        Span<byte> output = _scratch.Span[..read.Missing];
        int bytes = _manager.GenerateWithinLimit(output);
        Interlocked.Add(ref _servedBytes, bytes == read.Mode.Bytes ? read.CompleteWith(output) : read.Append(output[..bytes]));
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(output);
        if (!read.Answered)
        {
            Requeue(read, _plain, drained: false);
        }
    }

    // One pull, then back to the end of the queue: readers take turns and wait for one pull of each other at most.
    private void ServePull(PendingRead read)
    {
        Span<byte> piece = _scratch.Span[..Math.Min(read.Missing, DrngManager.PredictionResistantChunkBytes)];
        int bytes = _manager.PullPredictionResistant(piece);
        Interlocked.Add(ref _servedBytes, read.Append(piece[..bytes]));
        piece.Clear();

        bool drained = bytes < piece.Length;
        if (drained && (read.HasOutput || read.Mode.NonBlocking))
        {
            // A short read, which the caller repeats; a blocking read never returns nothing.
            Interlocked.Add(ref _servedBytes, read.Finish(Linux.EAGAIN));
        }

        if (!read.Answered)
        {
            Requeue(read, _predictionResistant, drained);
        }
    }

    // At the end, behind those that wait already. Plain reads stay until the output limit is lifted, which wakes the thread.
    private void Requeue(PendingRead read, LinkedList<PendingRead> queue, bool drained)
    {
        lock (_signal)
        {
            if (!_closed)
            {
                queue.AddLast(read);
                _beingServed = 0;
                if (drained)
                {
                    _ = Monitor.Wait(_signal, s_drainedPause);
                }

                return;
            }
        }

        _ = read.Finish(Linux.ENODEV);
    }
}
