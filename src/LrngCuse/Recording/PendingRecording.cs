// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;

namespace LrngCuse.Recording;

/// <summary>Somebody waits for recorded values.</summary>
/// <param name="bytes">Room for them.</param>
internal abstract class PendingRecording(int bytes) : PendingRequest
{
    internal int Bytes { get; } = bytes;

    internal override bool TakesPull => false;

    /// <summary>Answers with an error.</summary>
    /// <returns>False if it was answered before: the caller does not know of the error.</returns>
    internal bool TryFail(int errno)
    {
        lock (Gate)
        {
            if (AnsweredCore)
            {
                return false;
            }

            MarkAnswered();
            SendError(errno);
            return true;
        }
    }
}
