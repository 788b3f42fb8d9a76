// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Collections.Concurrent;
using System.Diagnostics;
using LrngCuse.Device;
using LrngCuse.Interop;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

/// <summary>The requests of a session that wait, each by a token, so that a signal to its caller ends the wait. Thread-safe.</summary>
internal sealed class InterruptibleRequests
{
    private readonly ConcurrentDictionary<ulong, Parked> _parked = new();
    private ulong _lastToken;

    /// <summary>Has a request wait. To be called without a lock that the queue takes.</summary>
    /// <param name="request">The request as the shim knows it.</param>
    /// <param name="pending">What answers it.</param>
    /// <param name="queue">Puts it where it is answered; false if nobody will.</param>
    /// <remarks>The order matters: the request is known under its token before interrupts can come, and can be answered by another
    /// thread only after libfuse's registration has returned, because an answer frees the request. A token names it, never its
    /// address: addresses are used again.</remarks>
    internal void Park(nint request, PendingRequest pending, Func<PendingRequest, bool> queue)
    {
        ulong token = Interlocked.Increment(ref _lastToken);
        bool added = _parked.TryAdd(token, new Parked(pending, SessionWorker.Message.ToArray()));
        Debug.Assert(added, "tokens are unique");
        pending.Answering += () => _parked.TryRemove(token, out _);

        if (lrng_shim_park(request, token) != 0)
        {
            _ = pending.Finish(Linux.EINTR);
        }
        else if (!queue(pending))
        {
            _ = pending.Finish(Linux.ENODEV);
        }
    }

    /// <summary>Ends the request whose caller got a signal: with what it has, otherwise with EINTR.</summary>
    /// <param name="token">Its name.</param>
    /// <param name="sentBytes">What it had, and its caller got.</param>
    /// <returns>The request, for its queue to forget; null if it was answered before.</returns>
    internal PendingRequest? Interrupt(ulong token, out int sentBytes)
    {
        sentBytes = 0;
        if (!_parked.TryRemove(token, out Parked parked))
        {
            return null;
        }

        sentBytes = parked.Pending.Finish(Linux.EINTR);
        return parked.Pending;
    }

    /// <summary>Those that wait, as the kernel sent them, in the order in which they came. To be called when nothing answers them any
    /// more, nor adds to them.</summary>
    internal IReadOnlyList<byte[]> Describe() => [.. _parked.OrderBy(entry => entry.Key).Select(entry => entry.Value.Message)];

    /// <summary>Leaves them to another process, which answers them; what was collected for them is forgotten.</summary>
    internal void Abandon()
    {
        foreach (Parked parked in _parked.Values)
        {
            parked.Pending.Abandon();
        }
    }

    private readonly record struct Parked(PendingRequest Pending, byte[] Message);
}
