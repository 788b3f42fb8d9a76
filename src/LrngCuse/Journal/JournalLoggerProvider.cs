// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Tmds.Linux;

namespace LrngCuse.Journal;

/// <summary>Logs to systemd's journal by its native protocol. What the journal does not take goes to stderr, which it reads too.</summary>
/// <param name="path">The journal's socket.</param>
internal sealed class JournalLoggerProvider(string path) : ILoggerProvider
{
    /// <summary>Where the journal listens.</summary>
    internal const string DefaultSocket = "/run/systemd/journal/socket";

    private const int StandardError = 2;

    // Not connected, so that a journal that was started again is found.
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly UnixDomainSocketEndPoint _journal = new(path);

    /// <summary>Whether stderr is a stream to the journal: JOURNAL_STREAM names its device and inode, and is inherited by programs whose
    /// stderr is something else (systemd.exec(5)).</summary>
    /// <param name="stream">Value of JOURNAL_STREAM, or null.</param>
    internal static unsafe bool IsJournal(string? stream)
    {
        stat status;
        return stream is { Length: > 0 }
            && LibC.fstat(StandardError, &status) == 0
            && stream == string.Create(CultureInfo.InvariantCulture, $"{(ulong)status.st_dev}:{(ulong)status.st_ino}");
    }

    public ILogger CreateLogger(string categoryName) => new JournalLogger(this, categoryName);

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends one entry.</summary>
    /// <returns>False if the journal does not take it: it is gone, or the entry too long for a datagram.</returns>
    internal bool TrySend(ReadOnlySpan<byte> entry)
    {
        try
        {
            return _socket.SendTo(entry, SocketFlags.None, _journal) == entry.Length;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
