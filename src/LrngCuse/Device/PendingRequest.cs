// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Device;

/// <summary>
/// A request that waits. It is answered exactly once: by the thread that serves parked requests, by an interrupt of its caller,
/// when the device closes, or by the process that takes the device over, whichever comes first.
/// </summary>
internal abstract class PendingRequest
{
    private bool _answered;

    /// <summary>Raised once, just before the answer is sent. Must not block.</summary>
    internal event Action? Answering;

    /// <summary>Whether it costs a pull of the sources; the others only wait for the generator.</summary>
    internal abstract bool TakesPull { get; }

    /// <summary>Whose pulls these are; null: nobody's.</summary>
    internal virtual Consumer? Consumer => null;

    /// <summary>Whether it has met a limit. Of the thread that serves.</summary>
    internal bool Limited { get; set; }

    /// <summary>Whether nothing needs to be done for it any more.</summary>
    internal bool Answered
    {
        get
        {
            lock (Gate)
            {
                return _answered;
            }
        }
    }

    // Guards the answer. An interrupt comes with a lock of libfuse held and takes this one after it; nothing is called under
    // this lock that waits for libfuse's lock of the request.
    private protected Lock Gate { get; } = new();

    // Under Gate.
    private protected bool AnsweredCore => _answered;

    /// <summary>Answers with everything that was asked for, generated elsewhere.</summary>
    /// <returns>Bytes sent to the caller: all, or none if it was answered before.</returns>
    internal int CompleteWith(ReadOnlySpan<byte> output)
    {
        lock (Gate)
        {
            if (_answered)
            {
                return 0;
            }

            MarkAnswered();
            SendData(output);
            return output.Length;
        }
    }

    /// <summary>Ends it early: with the bytes that are there, otherwise with the error.</summary>
    /// <returns>Bytes sent to the caller.</returns>
    internal int Finish(int errno)
    {
        lock (Gate)
        {
            return _answered ? 0 : FinishCore(errno);
        }
    }

    /// <summary>Ends it with the error, whatever it has already: a generator in the error state gives nothing.</summary>
    internal void Withdraw(int errno)
    {
        lock (Gate)
        {
            if (!_answered)
            {
                MarkAnswered();
                DiscardCore();
                SendError(errno);
            }
        }
    }

    /// <summary>Ends it here without an answer: another process gives that.</summary>
    internal void Abandon()
    {
        lock (Gate)
        {
            if (!_answered)
            {
                MarkAnswered();
                DiscardCore();
            }
        }
    }

    protected abstract void SendData(ReadOnlySpan<byte> output);

    protected abstract void SendError(int errno);

    // Under Gate, not answered yet.
    private protected virtual int FinishCore(int errno)
    {
        MarkAnswered();
        SendError(errno);
        return 0;
    }

    // Under Gate: forgets what was collected so far.
    private protected virtual void DiscardCore()
    {
    }

    // Under Gate.
    private protected void MarkAnswered()
    {
        _answered = true;
        Answering?.Invoke();
    }
}
