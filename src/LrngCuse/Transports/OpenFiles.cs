// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Collections.Concurrent;
using LrngCuse.Device;

namespace LrngCuse.Transports;

/// <summary>Who opened each of the open device files. Thread-safe.</summary>
internal sealed class OpenFiles(Consumers consumers)
{
    private readonly ConcurrentDictionary<ulong, Consumer> _byFile = new();

    /// <summary>Who opened a file; of one that nobody was seen opening, as one handed over by another process, who asks first.</summary>
    internal Consumer Of(ulong file, int threadId, uint userId)
    {
        if (_byFile.TryGetValue(file, out Consumer? known))
        {
            return known;
        }

        Consumer entered = consumers.Enter(threadId, userId);
        Consumer kept = _byFile.GetOrAdd(file, entered);
        if (kept != entered)
        {
            consumers.Leave(entered);
        }

        return kept;
    }

    internal void Forget(ulong file)
    {
        if (_byFile.TryRemove(file, out Consumer? consumer))
        {
            consumers.Leave(consumer);
        }
    }
}
