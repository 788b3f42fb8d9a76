// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

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

    /// <summary>Raised when the kernel ended a connection although nobody asked for it; the name of the session.</summary>
    event Action<string>? Lost;
}
