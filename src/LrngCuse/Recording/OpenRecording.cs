// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngCuse.Interop;
using LrngEngine.Recording;
using LrngEngine.Sources;

namespace LrngCuse.Recording;

/// <summary>What a source records while somebody reads it, as words of 32 bits: from the first read until it is closed, one
/// contiguous run of values, or an error for the reader where it breaks. Thread-safe.</summary>
internal sealed class OpenRecording
{
    /// <summary>What a read gets at most: as much as a pipe passes on in one piece.</summary>
    internal const int LargestReadBytes = 4096;

    /// <summary>Values that can wait for a reader: for 300 ms of a storm of 200,000 events a second.</summary>
    internal const int Capacity = 1 << 16;

    private readonly TimerSource _source;
    private readonly RawNoiseRecorder _recorder;
    private readonly Lock _lock = new();

    // All below guarded by _lock.
    private readonly ulong[] _values = new ulong[LargestReadBytes / sizeof(uint)];
    private readonly byte[] _answer = new byte[LargestReadBytes];
    private readonly Queue<PendingRecording> _waiting = [];
    private bool _started;
    private bool _closed;
    private long _lost;

    internal OpenRecording(TimerSource source, RawNoiseRecorder recorder)
    {
        _source = source;
        _recorder = recorder;
        source.Recorded += OnRecorded;
    }

    /// <summary>Raised when a read would not wait any more, outside the lock. Handlers must not block.</summary>
    internal event Action? ReadinessChanged;

    /// <summary>Whether a read would not wait. The recording begins if it has not.</summary>
    internal bool IsReadable
    {
        get
        {
            lock (_lock)
            {
                Begin();
                return _closed || IsReadableCore;
            }
        }
    }

    // The two below under _lock, while the recording is wanted.
    private bool IsReadableCore => _recorder.Count > 0 || _recorder.Overruns > 0 || HasFailed;

    // What is recorded wants events always, unless it is over with the source.
    private bool HasFailed => !_source.WantsEvents;

    /// <summary>Takes what is there; the first read begins the recording.</summary>
    /// <returns>Bytes written, a multiple of 4; -EAGAIN if there is nothing yet, -EINVAL without room for a value, -EOVERFLOW once
    /// where values are missing, -EIO if the source has failed.</returns>
    internal int Read(Span<byte> output)
    {
        if (output.Length < sizeof(uint))
        {
            return -Linux.EINVAL;
        }

        lock (_lock)
        {
            Begin();
            int bytes = Copy(output);
            if (bytes > 0)
            {
                _recorder.Skip(bytes / sizeof(uint));
            }
            else if (bytes == -Linux.EOVERFLOW)
            {
                BeginAgain();
            }

            return bytes;
        }
    }

    /// <summary>Has a read answered as soon as there is something for it.</summary>
    /// <returns>False if the recording is closed.</returns>
    internal bool Add(PendingRecording read)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _waiting.Enqueue(read);

            // Values may have come since somebody looked.
            Serve();
            return true;
        }
    }

    /// <summary>Ends the recording and every wait.</summary>
    /// <returns>How many values were lost.</returns>
    internal long Close()
    {
        _source.Recorded -= OnRecorded;
        lock (_lock)
        {
            _closed = true;
            while (_waiting.TryDequeue(out PendingRecording? read))
            {
                _ = read.Finish(Linux.ENODEV);
            }

            if (_started)
            {
                _recorder.Stop();
                _lost += _recorder.Overruns;
                _started = false;
            }

            return _lost;
        }
    }

    private void OnRecorded(object? sender, EventArgs arguments)
    {
        bool readable;
        lock (_lock)
        {
            Serve();
            readable = _started && IsReadableCore;
        }

        if (readable)
        {
            ReadinessChanged?.Invoke();
        }
    }

    // All below under _lock.
    private void Begin()
    {
        if (!_started && !_closed)
        {
            _started = true;
            _source.RequestRecording(_recorder, Capacity);
        }
    }

    private void BeginAgain()
    {
        _lost += _recorder.Overruns;
        _recorder.Start();
    }

    private void Serve()
    {
        while (_waiting.TryPeek(out PendingRecording? read))
        {
            if (!read.Answered && !TryAnswer(read))
            {
                return;
            }

            _ = _waiting.Dequeue();
        }
    }

    // False if there is nothing to answer with. A reader that got a signal meanwhile gets nothing: the next one shall have it.
    private bool TryAnswer(PendingRecording read)
    {
        int bytes = Copy(_answer.AsSpan(0, Math.Min(read.Bytes, LargestReadBytes)));
        if (bytes == -Linux.EAGAIN)
        {
            return false;
        }

        if (bytes > 0)
        {
            _recorder.Skip(read.CompleteWith(_answer.AsSpan(0, bytes)) / sizeof(uint));
        }
        else if (read.TryFail(-bytes) && bytes == -Linux.EOVERFLOW)
        {
            BeginAgain();
        }

        return true;
    }

    private int Copy(Span<byte> output)
    {
        Span<uint> words = MemoryMarshal.Cast<byte, uint>(output);
        int count = _recorder.Peek(_values.AsSpan(0, Math.Min(words.Length, _values.Length)));
        for (int i = 0; i < count; i++)
        {
            words[i] = (uint)_values[i];
        }

        return count > 0 ? count * sizeof(uint)
            : _recorder.Overruns > 0 ? -Linux.EOVERFLOW
            : HasFailed ? -Linux.EIO
            : -Linux.EAGAIN;
    }
}
