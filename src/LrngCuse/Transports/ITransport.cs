// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Sampling;

namespace LrngCuse.Transports;

/// <summary>A running transport: its files are there and are served. Disposing it removes them.</summary>
internal interface ITransport : IDisposable
{
    /// <summary>"cuse" or "fuse".</summary>
    string Kind { get; }

    /// <summary>Where the blocking and the nonblocking device are.</summary>
    IReadOnlyList<string> Paths { get; }

    /// <summary>Whether no thread has been at one request since the last call. For one caller, at intervals long enough for any request.</summary>
    bool MakesProgress();

    /// <summary>Whether an earlier daemon left it to this one. Then it is not served before <see cref="Serve"/>.</summary>
    bool TakenOver { get; }

    /// <summary>Starts serving what was taken over, those requests first that the earlier daemon took and did not answer.</summary>
    void Serve();

    /// <summary>Takes no more requests from the kernel, which keeps them, and returns when each one that was taken is answered or
    /// parked. Who polls asks again, and is answered by the next daemon.</summary>
    void Pause();

    /// <summary>Leaves what is paused to the next daemon. Parked requests must not be answered any more by anybody.</summary>
    /// <returns>Requests that wait for it.</returns>
    /// <exception cref="CommandException">The service manager does not take it; nothing is left there, and all is as before.</exception>
    int HandOver(DescriptorStore store);

    /// <summary>Raised when the kernel ended a connection although nobody asked for it; the name of the session.</summary>
    event Action<string>? Lost;
}
