// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

/// <summary>The open files that are polled: the newest notification handle of each, what is waited for, and which invitation to
/// write it has answered. Thread-safe.</summary>
internal sealed class PollHandles
{
    private const ulong NoHandle = 0;

    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<ulong, Entry> _files = [];
    private bool _closed;

    /// <summary>Keeps the handle of a poll that goes on waiting.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="handle">0 if this poll does not wait.</param>
    /// <param name="events">What it waits for. All who poll one file share its handle, and get each other's events.</param>
    /// <param name="invitations">Invitations so far: those before a file's first poll were not meant for it.</param>
    /// <returns>The last invitation that the file has answered.</returns>
    internal long Remember(ulong file, ulong handle, uint events, long invitations)
    {
        lock (_lock)
        {
            if (!_files.TryGetValue(file, out Entry? entry))
            {
                entry = new Entry { Answered = invitations };
                _files.Add(file, entry);
            }

            if (handle != NoHandle)
            {
                entry.Replace(handle);
                entry.Events |= events;
            }

            return entry.Answered;
        }
    }

    /// <summary>The file handed in data: it need not be asked again before the next seeding.</summary>
    internal void Answer(ulong file, long invitations)
    {
        lock (_lock)
        {
            if (_files.TryGetValue(file, out Entry? entry))
            {
                entry.Answered = invitations;
            }
        }
    }

    internal void Forget(ulong file)
    {
        lock (_lock)
        {
            if (_files.Remove(file, out Entry? entry))
            {
                entry.Replace(NoHandle);
            }
        }
    }

    /// <summary>Wakes every poller that waits for one of these events; each asks again and leaves a new handle if it goes on
    /// waiting.</summary>
    internal void Notify(uint events)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            foreach (Entry entry in _files.Values)
            {
                entry.Notify(events);
            }
        }
    }

    /// <summary>Wakes every poller.</summary>
    internal void NotifyAll() => Notify(uint.MaxValue);

    /// <summary>Wakes all pollers a last time: the session ends, and nothing may be sent over it afterwards.</summary>
    internal void Close()
    {
        NotifyAll();
        lock (_lock)
        {
            _closed = true;
        }
    }

    private sealed class Entry
    {
        private ulong _handle;

        internal uint Events { get; set; }

        internal long Answered { get; set; }

        internal void Replace(ulong handle)
        {
            if (_handle != NoHandle)
            {
                lrng_shim_forget_poll(_handle);
            }

            _handle = handle;
        }

        internal void Notify(uint events)
        {
            if (_handle != NoHandle && (Events & events) != 0)
            {
                lrng_shim_notify_poll(_handle);
                _handle = NoHandle;
                Events = 0;
            }
        }
    }
}
