// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

/// <summary>The notification handles of files that are polled: the newest one of each open file. Thread-safe.</summary>
internal sealed class PollHandles
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<ulong, ulong> _handles = [];

    internal void Remember(ulong file, ulong handle)
    {
        lock (_lock)
        {
            Drop(file);
            _handles.Add(file, handle);
        }
    }

    internal void Forget(ulong file)
    {
        lock (_lock)
        {
            Drop(file);
        }
    }

    /// <summary>Wakes every poller; each asks again and leaves a new handle if it goes on waiting.</summary>
    internal void NotifyAll()
    {
        lock (_lock)
        {
            foreach (ulong handle in _handles.Values)
            {
                lrng_shim_notify_poll(handle);
            }

            _handles.Clear();
        }
    }

    private void Drop(ulong file)
    {
        if (_handles.Remove(file, out ulong old))
        {
            lrng_shim_forget_poll(old);
        }
    }
}
