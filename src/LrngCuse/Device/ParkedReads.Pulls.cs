// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// Requests that cost a pull of the sources: whose turn it is, within the limits of users and cgroups, and what they get.

using System.Security.Cryptography;
using LrngCuse.Interop;
using LrngEngine.Drng;

namespace LrngCuse.Device;

internal sealed partial class ParkedReads
{
    // Of the thread alone.
    private readonly PullLimits _limits;

    // Wakes the thread when somebody that waits for its limit may have a pull again.
    private readonly ITimer _limitEnds;

    // Under _signal. Who waits for all DRNGs, or for a limit, does not hold up those behind it.
    private LinkedListNode<PendingRequest>? FirstThatMayPull()
    {
        TimeSpan? soonest = null;
        for (LinkedListNode<PendingRequest>? node = _pulling.First; node is not null; node = node.Next)
        {
            if (!IsReady(node.Value))
            {
                continue;
            }

            TimeSpan wait = LimitOf(node.Value);
            if (wait == TimeSpan.Zero || EndsAtLimit(node.Value))
            {
                return node;
            }

            NoteLimited(node.Value);
            soonest = soonest < wait ? soonest : wait;
        }

        if (soonest is { } due)
        {
            // Timers count in milliseconds; one that rings too early would ring again and again.
            _ = _limitEnds.Change(TimeSpan.FromMilliseconds(Math.Ceiling(due.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }

        return null;
    }

    private bool IsReady(PendingRequest pulling) =>
        pulling is PendingSeed seed ? seed.NonBlocking || _manager.AllNodesSeeded : _manager.Operational;

    private TimeSpan LimitOf(PendingRequest pulling) => pulling.Answered ? TimeSpan.Zero : _limits.WaitFor(pulling.Consumer);

    // The others wait.
    private static bool EndsAtLimit(PendingRequest pulling) =>
        pulling is PendingSeed { NonBlocking: true } or PendingRead { Mode.NonBlocking: true } or PendingRead { HasOutput: true };

    private static void NoteLimited(PendingRequest pulling)
    {
        if (!pulling.Limited)
        {
            pulling.Limited = true;
            pulling.Consumer?.Class.AddLimited();
        }
    }

    private void Charge(PendingRequest pulling)
    {
        _limits.Charge(pulling.Consumer);
        pulling.Consumer?.Class.AddPull();
    }

    // One pull, then back to the end of the queue: readers take turns and wait for one pull of each other at most.
    private void ServePull(PendingRead read)
    {
        if (LimitOf(read) > TimeSpan.Zero)
        {
            NoteLimited(read);
            CountSent(read, read.Finish(Linux.EAGAIN));
            return;
        }

        Span<byte> piece = _scratch.Span[..Math.Min(read.Missing, DrngManager.PredictionResistantChunkBytes)];
        int bytes = _manager.PullPredictionResistant(piece);
        Charge(read);
        CountSent(read, read.Append(piece[..bytes]));
        piece.Clear();

        bool drained = bytes < piece.Length;
        if (drained && (read.HasOutput || read.Mode.NonBlocking))
        {
            // A short read, which the caller repeats; a blocking read never returns nothing.
            CountSent(read, read.Finish(Linux.EAGAIN));
        }

        if (!read.Answered)
        {
            Requeue(read, _pulling, drained);
        }
    }

    // One pull as well. Who waits gets no seed without a bit in it; who does not wait takes what there is.
    private void ServeSeed(PendingSeed seed)
    {
        if (LimitOf(seed) > TimeSpan.Zero)
        {
            NoteLimited(seed);
            _ = seed.Finish(Linux.EAGAIN);
            return;
        }

        Span<byte> output = _scratch.Span[.._manager.SeedBytes];
        int bits;
        try
        {
            bits = _manager.TryGetSeed(output, seed.FullySeeded);
            if (bits > 0)
            {
                Charge(seed);
            }

            if (bits > 0 || (bits == 0 && seed.NonBlocking))
            {
                _ = seed.CompleteWith(output);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(output);
        }

        if (seed.NonBlocking)
        {
            _ = seed.Finish(Linux.EAGAIN);
        }
        else if (!seed.Answered)
        {
            Requeue(seed, _pulling, drained: bits == 0);
        }
    }
}
