// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using LrngCuse.Interop;

namespace LrngCuse.Device;

/// <summary>A read that waits. Its answer may come in pieces; whoever ends it early gets those that are there.</summary>
internal abstract class PendingRead : PendingRequest
{
    private const int FirstBufferBytes = 4096;

    // Guarded by Gate.
    private OutputBuffer? _output;
    private int _produced;

    protected PendingRead(in ReadMode mode) => Mode = mode;

    internal ReadMode Mode { get; }

    /// <summary>When it came, by <see cref="Stopwatch.GetTimestamp"/>.</summary>
    internal long Began { get; } = Stopwatch.GetTimestamp();

    internal override bool TakesPull => Mode.PredictionResistant;

    internal override Consumer? Consumer => Mode.Consumer;

    /// <summary>Bytes still wanted.</summary>
    internal int Missing
    {
        get
        {
            lock (Gate)
            {
                return Mode.Bytes - _produced;
            }
        }
    }

    /// <summary>Whether some bytes of the answer are there already.</summary>
    internal bool HasOutput
    {
        get
        {
            lock (Gate)
            {
                return _produced > 0;
            }
        }
    }

    /// <summary>Adds a piece of the answer and sends it when it is whole.</summary>
    /// <returns>Bytes sent to the reader by this call: 0 while more are missing.</returns>
    internal int Append(ReadOnlySpan<byte> piece)
    {
        lock (Gate)
        {
            if (AnsweredCore)
            {
                return 0;
            }

            Debug.Assert(piece.Length <= Mode.Bytes - _produced, "more than was asked for");
            piece.CopyTo(Reserve(piece.Length));
            _produced += piece.Length;
            return _produced == Mode.Bytes ? FinishCore(Linux.EINTR) : 0;
        }
    }

    private protected override int FinishCore(int errno)
    {
        if (_produced == 0)
        {
            return base.FinishCore(errno);
        }

        MarkAnswered();
        SendData(_output!.Span[.._produced]);
        _output.Dispose();
        return _produced;
    }

    private protected override void DiscardCore() => _output?.Dispose();

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
