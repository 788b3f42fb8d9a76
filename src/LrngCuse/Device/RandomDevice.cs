// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// What a read, write and poll of the devices mean; DeviceIoctls has the ioctls. No transport is known here.

using System.Diagnostics;
using LrngCuse.Interop;
using LrngEngine;
using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngCuse.Device;

/// <summary>The two devices over one generator. Thread-safe.</summary>
internal sealed class RandomDevice : IDisposable
{
    /// <summary>Largest request that a transport passes on: that of CUSE, which cannot be raised.</summary>
    internal const int MaximumRequestBytes = 128 * 1024;

    private const uint PollReadable = Linux.POLLIN | Linux.POLLRDNORM;
    private const uint PollFailed = PollReadable | Linux.POLLERR;
    private const uint PollWritable = Linux.POLLOUT | Linux.POLLWRNORM;

    private readonly DrngManager _manager;
    private readonly ParkedReads _parked;
    private readonly WriteReseeds _writeReseeds;
    private long _servedBytes;
    private long _writtenBytes;

    internal RandomDevice(DrngManager manager, ParkedReads parked, Consumers consumers, TimeProvider clock)
    {
        _manager = manager;
        Consumers = consumers;
        _parked = parked;
        _writeReseeds = new WriteReseeds(manager, clock);
        _manager.OutputAvailable += OnOutputAvailable;
        _manager.Errors.Entered += OnOutputAvailable;
        _manager.LevelLowered += OnLevelLowered;
        _manager.Demand.Changed += OnEntropyWanted;
    }

    /// <summary>The generator behind the devices.</summary>
    internal DrngManager Manager => _manager;

    /// <summary>Who reads.</summary>
    internal Consumers Consumers { get; }

    /// <summary>Raised with the events that <see cref="PollEvents"/> may report now and did not before. Handlers must not block.</summary>
    internal event Action<uint>? ReadinessChanged;

    /// <summary>Bytes given to readers, parked ones included.</summary>
    internal long ServedBytes => Interlocked.Read(ref _servedBytes) + _parked.ServedBytes;

    /// <summary>Answered reads, parked ones included.</summary>
    internal RequestTally Requests => _parked.Requests;

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
        long began = Stopwatch.GetTimestamp();
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
        if (answered)
        {
            Interlocked.Add(ref _servedBytes, bytes);
            Requests.Add(mode, began);
            mode.Consumer?.Class.AddRead(bytes);
        }

        return bytes;
    }

    /// <summary>Has a request answered when it can be; false when the device is closing and the caller must answer an error.</summary>
    internal bool Park(PendingRequest request) => _parked.Add(request);

    /// <summary>Takes a request out of the queue that was answered otherwise.</summary>
    /// <param name="request">Of <see cref="Park"/>.</param>
    /// <param name="sentBytes">What its caller got.</param>
    internal void Unpark(PendingRequest request, int sentBytes) => _parked.Remove(request, sentBytes);

    /// <summary>Takes what somebody writes: mixed into the auxiliary pool without credit, and into the DRNG soon.</summary>
    /// <param name="data">Any bytes.</param>
    /// <param name="isPrivileged">Whether the writer has CAP_SYS_ADMIN, asked only if it matters; null: it has not.</param>
    internal void Write(ReadOnlySpan<byte> data, Func<bool>? isPrivileged = null)
    {
        if (data.IsEmpty)
        {
            return;
        }

        _manager.Auxiliary.Insert(data, 0);
        Interlocked.Add(ref _writtenBytes, data.Length);
        _writeReseeds.Request(isPrivileged);
    }

    /// <summary>Seedings so far, each of which invites every writer once.</summary>
    internal long Invitations => _manager.Demand.Invitations;

    /// <summary>The events that poll reports: readable when a read would not wait, be it for an error; writable when entropy is
    /// wanted (reference 7.6).</summary>
    /// <param name="node">The device. LRNG's urandom has no poll of its own: it is ready always.</param>
    /// <param name="invited">Whether there was a seeding that this file has not answered by a write.</param>
    internal uint PollEvents(DeviceNode node, bool invited) =>
        _manager.Errors.IsEntered ? PollFailed | PollWritable
        : node == DeviceNode.Urandom ? PollReadable | PollWritable
        : (_manager.HasOutput ? PollReadable : 0)
            | (invited || !_manager.Operational || _manager.Demand.BelowThreshold ? PollWritable : 0);

    public void Dispose()
    {
        _manager.OutputAvailable -= OnOutputAvailable;
        _manager.Errors.Entered -= OnOutputAvailable;
        _manager.LevelLowered -= OnLevelLowered;
        _manager.Demand.Changed -= OnEntropyWanted;
        _writeReseeds.Dispose();
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
        ReadinessChanged?.Invoke(PollFailed);
    }

    private void OnLevelLowered(SeedLevel level) => OnEntropyWanted();

    private void OnEntropyWanted() => ReadinessChanged?.Invoke(PollWritable);
}
