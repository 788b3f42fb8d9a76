// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Device;

/// <summary>Counts what the readers of one cgroup did. Thread-safe.</summary>
internal sealed class ConsumerClass(string name)
{
    private long _reads;
    private long _bytes;
    private long _pulls;
    private long _limitedReads;

    internal string Name { get; } = name;

    /// <summary>Files that it has open. Guarded by the table's lock, as the next.</summary>
    internal int OpenFiles { get; set; }

    /// <summary>Rises with each open, of any class: who has the lowest was away longest.</summary>
    internal long LastOpened { get; set; }

    /// <summary>An answered read.</summary>
    internal void AddRead(int bytes)
    {
        _ = Interlocked.Increment(ref _reads);
        _ = Interlocked.Add(ref _bytes, bytes);
    }

    /// <summary>A pull of the sources.</summary>
    internal void AddPull() => Interlocked.Increment(ref _pulls);

    /// <summary>A read that met its limit.</summary>
    internal void AddLimited() => Interlocked.Increment(ref _limitedReads);

    /// <summary>Takes over what another one counted that is not counted for any more.</summary>
    internal void Absorb(ConsumerClass other)
    {
        ConsumerCount count = other.Read();
        _ = Interlocked.Add(ref _reads, count.Reads);
        _ = Interlocked.Add(ref _bytes, count.Bytes);
        _ = Interlocked.Add(ref _pulls, count.Pulls);
        _ = Interlocked.Add(ref _limitedReads, count.LimitedReads);
    }

    /// <summary>Under the table's lock.</summary>
    internal ConsumerCount Read() => new(
        Name,
        OpenFiles,
        Interlocked.Read(ref _reads),
        Interlocked.Read(ref _bytes),
        Interlocked.Read(ref _pulls),
        Interlocked.Read(ref _limitedReads));
}
