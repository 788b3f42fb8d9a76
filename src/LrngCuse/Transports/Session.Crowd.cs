// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// More readers with long reads than workers. The kernel hands out requests in the order in which they came, so a short one would wait
// for a long one of every other reader. Therefore the last worker that is free takes what the kernel has, answers what is short at
// once, and sets long reads aside; it serves the first of those when the kernel has nothing more. A short read then waits for one long
// read at most.

using System.Diagnostics;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

internal sealed unsafe partial class Session
{
    // As the kernel sent them, in the order in which they came: at most one of each thread that reads. Guarded by _lead.
    private readonly Queue<byte[]> _aside = new();

    // Of the leader alone: whether the connection's descriptor blocks.
    private bool _waiting = true;

    // A leader that blocked while long reads are set aside would leave them lying.
    private void WaitUnlessCrowded()
    {
        bool crowded;
        lock (_lead)
        {
            crowded = _aside.Count > 0;
        }

        SetWaiting(!crowded);
    }

    private void SetWaiting(bool waiting)
    {
        if (waiting == _waiting)
        {
            return;
        }

        int result = lrng_shim_set_waiting(_native, waiting ? 1 : 0);
        if (result != 0)
        {
            throw new InvalidOperationException($"the connection's descriptor refuses its flags with error {-result}");
        }

        _waiting = waiting;
    }

    // As the leader, with a long read: hands the lead on, or keeps it and leaves the read to whoever is free first.
    private bool SetAside(lrng_shim_buffer* request)
    {
        lock (_lead)
        {
            if (_aside.Count == 0 && (_followers > 0 || _workers.Count < _maximumWorkers))
            {
                HandOn();
                return false;
            }

            Debug.Assert(request->read_size > 0, "only a read, which carries no data, is copied");
            _aside.Enqueue(new ReadOnlySpan<byte>((void*)request->memory, checked((int)request->size)).ToArray());
            if (_followers > 0)
            {
                Monitor.Pulse(_lead);
            }

            return true;
        }
    }

    // As the leader, when the kernel has nothing: false if others have served what was set aside.
    private bool ServeSetAside(SessionWorker worker)
    {
        byte[]? message;
        lock (_lead)
        {
            if (!_aside.TryDequeue(out message))
            {
                return false;
            }

            HandOn();
        }

        Replay(message, worker.Process);
        return true;
    }
}
