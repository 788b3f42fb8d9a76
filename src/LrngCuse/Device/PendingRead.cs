// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using LrngCuse.Interop;

namespace LrngCuse.Device;

/// <summary>
/// A read that waits. It is answered exactly once: by the thread that serves parked reads, by an interrupt of its caller, or
/// when the device closes, whichever comes first.
/// </summary>
internal abstract class PendingRead
{
    private const int FirstBufferBytes = 4096;

    // An interrupt comes with a lock of libfuse held and takes this one after it; nothing is called under this lock that waits
    // for libfuse's lock of the request.
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private OutputBuffer? _output;
    private int _produced;
    private bool _answered;

    protected PendingRead(in ReadMode mode) => Mode = mode;

    /// <summary>Raised once, just before the answer is sent. Must not block.</summary>
    internal event Action<PendingRead>? Answering;

    internal ReadMode Mode { get; }

    /// <summary>Whether nothing needs to be done for it any more.</summary>
    internal bool Answered
    {
        get
        {
            lock (_lock)
            {
                return _answered;
            }
        }
    }

    /// <summary>Bytes still wanted.</summary>
    internal int Missing
    {
        get
        {
            lock (_lock)
            {
                return Mode.Bytes - _produced;
            }
        }
    }

    /// <summary>Answers the whole read with bytes that were generated elsewhere.</summary>
    /// <returns>Bytes sent to the reader: all, or none if it was answered before.</returns>
    internal int CompleteWith(ReadOnlySpan<byte> output)
    {
        lock (_lock)
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

    /// <summary>Adds a piece of the answer and sends it when it is whole.</summary>
    /// <returns>Bytes sent to the reader by this call: 0 while more are missing.</returns>
    internal int Append(ReadOnlySpan<byte> piece)
    {
        lock (_lock)
        {
            if (_answered)
            {
                return 0;
            }

            Debug.Assert(piece.Length <= Mode.Bytes - _produced, "more than was asked for");
            piece.CopyTo(Reserve(piece.Length));
            _produced += piece.Length;
            return _produced == Mode.Bytes ? SendProduced(Linux.EINTR) : 0;
        }
    }

    /// <summary>Ends the read early: with the bytes that are there, otherwise with the error.</summary>
    /// <returns>Bytes sent to the reader.</returns>
    internal int Finish(int errno)
    {
        lock (_lock)
        {
            return _answered ? 0 : SendProduced(errno);
        }
    }

    /// <summary>Whether some bytes of the answer are there already.</summary>
    internal bool HasOutput
    {
        get
        {
            lock (_lock)
            {
                return _produced > 0;
            }
        }
    }

    protected abstract void SendData(ReadOnlySpan<byte> output);

    protected abstract void SendError(int errno);

    private void MarkAnswered()
    {
        _answered = true;
        Answering?.Invoke(this);
    }

    private int SendProduced(int errno)
    {
        MarkAnswered();
        if (_produced == 0)
        {
            SendError(errno);
            return 0;
        }

        SendData(_output!.Span[.._produced]);
        _output.Dispose();
        return _produced;
    }

    private Span<byte> Reserve(int bytes)
    {
        int needed = _produced + bytes;
        if (_output is null || needed > _output.Length)
        {
            int size = Math.Max(FirstBufferBytes, Math.Min(Mode.Bytes, (_output?.Length ?? 0) * 2));
            OutputBuffer larger = new OutputBuffer(Math.Max(size, needed));
            _output?.Span[.._produced].CopyTo(larger.Span);
            _output?.Dispose();
            _output = larger;
        }

        return _output.Span.Slice(_produced, bytes);
    }
}
