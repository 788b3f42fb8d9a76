// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Transports;

/// <summary>
/// Decides before which requests the leader hands the lead on: long reads while more than one reader makes them. A lone reader
/// waits for its answer before it asks again, so a second thread would only move the work to another CPU. Used by the leader
/// only.
/// </summary>
internal sealed class LeadPolicy(TimeProvider clock)
{
    // From here on serving takes longer than waking a follower.
    private const ulong LongReadBytes = 32 * 1024;

    // How long two readers that took turns are believed to go on.
    private static readonly TimeSpan s_concurrency = TimeSpan.FromMilliseconds(100);

    private ulong? _lastReader;
    private long? _lastTurn;

    /// <param name="reader">A number for whoever reads.</param>
    /// <param name="readBytes">Bytes that the request reads; 0 for other requests.</param>
    internal bool HandsOn(ulong reader, ulong readBytes)
    {
        if (readBytes < LongReadBytes)
        {
            return false;
        }

        if (reader != _lastReader)
        {
            _lastTurn = _lastReader is null ? null : clock.GetTimestamp();
            _lastReader = reader;
        }

        return _lastTurn is { } turn && clock.GetElapsedTime(turn) < s_concurrency;
    }
}
