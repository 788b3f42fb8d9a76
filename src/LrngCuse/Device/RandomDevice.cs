// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// What a read, write and poll of the devices mean; DeviceIoctls has the ioctls. No transport is known here.

using LrngCuse.Interop;
using LrngEngine;
using LrngEngine.Drng;

namespace LrngCuse.Device;

/// <summary>The two devices over one generator. Thread-safe.</summary>
internal sealed class RandomDevice : IDisposable
{
    /// <summary>Largest request that a transport passes on: that of CUSE, which cannot be raised.</summary>
    internal const int MaximumRequestBytes = 128 * 1024;

    private const uint PollReadable = Linux.POLLIN | Linux.POLLRDNORM;
    private const uint PollFailed = PollReadable | Linux.POLLERR;
    private const uint PollWritable = Linux.POLLOUT | Linux.POLLWRNORM;

    // An unprivileged writer may ask for a reseed, but not keep the sources drained by it.
    private static readonly TimeSpan s_writeReseedInterval = TimeSpan.FromSeconds(10);

    private readonly DrngManager _manager;
    private readonly ParkedReads _parked;
    private readonly TimeProvider _clock;
    private long _lastWriteReseed;
    private long _servedBytes;
    private long _writtenBytes;

    internal RandomDevice(DrngManager manager, ParkedReads parked, TimeProvider clock)
    {
        _manager = manager;
        _parked = parked;
        _clock = clock;
        _manager.OutputAvailable += OnOutputAvailable;
        _manager.Errors.Entered += OnOutputAvailable;
    }

    /// <summary>The generator behind the devices.</summary>
    internal DrngManager Manager => _manager;

    /// <summary>Raised when <see cref="PollEvents"/> changed. Handlers must not block.</summary>
    internal event Action? ReadinessChanged;

    /// <summary>Bytes given to readers, parked ones included.</summary>
    internal long ServedBytes => Interlocked.Read(ref _servedBytes) + _parked.ServedBytes;

    /// <summary>Bytes taken from writers.</summary>
    internal long WrittenBytes => Interlocked.Read(ref _writtenBytes);

    /// <summary>Readers that wait, those who wait for a seed of their own included.</summary>
    internal int ParkedReaders => _parked.Count;

    /// <summary>The gate of a read (reference 7.1).</summary>
    internal ReadGate Gate(in ReadMode mode)
    {
        if (mode.Bytes == 0)
        {
            return ReadGate.Serve;
        }

        if (_manager.Errors.IsEntered)
        {
            return ReadGate.Fail;
        }

        if (mode.Node == DeviceNode.Urandom)
        {
            return ReadGate.Serve;
        }

        if (!_manager.Operational)
        {
            return mode.NonBlocking ? ReadGate.TryAgain : ReadGate.Park;
        }

        return mode.PredictionResistant ? ReadGate.Park : ReadGate.Serve;
    }

    /// <summary>Fills the answer to a read that <see cref="Gate"/> lets pass.</summary>
    /// <returns>Bytes of the answer; fewer than asked for, down to none, where the output limit of DRG.4 ends it. -EIO, and zeros, if
    /// a self-test failed meanwhile.</returns>
    internal int Serve(in ReadMode mode, Span<byte> output)
    {
        int bytes;
        try
        {
            bytes = Generate(mode.Node, output);
        }
        catch (GeneratorFailedException)
        {
            return -Linux.EIO;
        }

        // The beginning of a read that goes on when the limit is lifted counts with its end.
        bool answered = bytes == output.Length || mode.NonBlocking;
        Interlocked.Add(ref _servedBytes, answered ? bytes : 0);
        return bytes;
    }

    /// <summary>Has a request answered when it can be; false when the device is closing and the caller must answer an error.</summary>
    internal bool Park(PendingRequest request) => _parked.Add(request);

    /// <summary>Takes a request out of the queue that was answered otherwise.</summary>
    internal void Unpark(PendingRequest request) => _parked.Remove(request);

    /// <summary>Takes what somebody writes: mixed into the auxiliary pool without credit, and into the DRNG soon.</summary>
    internal void Write(ReadOnlySpan<byte> data)
    {
        _manager.Auxiliary.Insert(data, 0);
        Interlocked.Add(ref _writtenBytes, data.Length);

        long last = Interlocked.Read(ref _lastWriteReseed);
        bool due = last == 0 || _clock.GetElapsedTime(last) >= s_writeReseedInterval;
        if (due && Interlocked.CompareExchange(ref _lastWriteReseed, _clock.GetTimestamp(), last) == last)
        {
            _manager.RequestReseed();
        }
    }

    /// <summary>The events that poll reports: readable when a read would not wait, be it for an error; writable always.</summary>
    internal uint PollEvents(DeviceNode node) =>
        _manager.Errors.IsEntered ? PollFailed | PollWritable
        : node == DeviceNode.Urandom || _manager.HasOutput ? PollReadable | PollWritable
        : PollWritable;

    public void Dispose()
    {
        _manager.OutputAvailable -= OnOutputAvailable;
        _manager.Errors.Entered -= OnOutputAvailable;
    }

    private int Generate(DeviceNode node, Span<byte> output)
    {
        if (node == DeviceNode.Random)
        {
            return _manager.GenerateWithinLimit(output);
        }

        _manager.Generate(output);
        return output.Length;
    }

    private void OnOutputAvailable()
    {
        _parked.Wake();
        ReadinessChanged?.Invoke();
    }
}
