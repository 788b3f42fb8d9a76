// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngCuse.Recording;
using Microsoft.Extensions.Logging;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports.Mount;

/// <summary>The open recording files: each has one opener, who is root. Thread-safe.</summary>
/// <param name="files">Numbers them, and has those requests that wait.</param>
/// <param name="logger">Is told of recordings.</param>
internal sealed unsafe class RecordingFiles(DeviceFiles files, ILogger logger) : IDisposable
{
    private readonly PollHandles _polls = new();
    private readonly Lock _lock = new();

    // All below guarded by _lock.
    private readonly Dictionary<RecordingFile, (OpenRecording Recording, ulong File)> _open = [];
    private bool _closed;

    /// <summary>Answers an operation on a recording file.</summary>
    internal void Handle(RecordingFile file, lrng_shim_request* request, Span<byte> output)
    {
        switch (request->operation)
        {
            case lrng_shim_operation.LRNG_SHIM_OPEN:
                Open(file, request);
                break;
            case lrng_shim_operation.LRNG_SHIM_READ when Find(file, request->file) is { } recording:
                Read(recording, request, output);
                break;
            case lrng_shim_operation.LRNG_SHIM_POLL when Find(file, request->file) is { } recording:
                Poll(recording, request);
                break;
            case lrng_shim_operation.LRNG_SHIM_RELEASE:
                // Otherwise it was opened when another process served the mount: not the one that is open now.
                if (Find(file, request->file) is not null)
                {
                    _polls.Forget(request->node);
                    Close(file);
                }

                _ = lrng_shim_reply_error(request->handle, 0);
                break;
            case lrng_shim_operation.LRNG_SHIM_READ or lrng_shim_operation.LRNG_SHIM_POLL:
                _ = lrng_shim_reply_error(request->handle, Linux.ENODEV);
                break;
            default:
                OrdinaryFile.Handle(request);
                break;
        }
    }

    /// <summary>Ends every recording, and what waits for one.</summary>
    public void Dispose()
    {
        RecordingFile[] open;
        lock (_lock)
        {
            _closed = true;
            open = [.. _open.Keys];
        }

        Array.ForEach(open, Close);
        _polls.Close();
    }

    // The kernel checks the mode, but the owner is the daemon's user, who may be another one than root.
    private void Open(RecordingFile file, lrng_shim_request* request)
    {
        bool writes = (request->flags & Linux.O_ACCMODE) != Linux.O_RDONLY || (request->flags & Linux.O_TRUNC) != 0;
        ulong number = files.NextFile();
        int errno = writes || request->uid != 0 ? Linux.EACCES : TryOpen(file, number);
        if (errno != 0)
        {
            _ = lrng_shim_reply_error(request->handle, errno);
        }
        else if (lrng_shim_reply_open(request->handle, number, lrng_shim_file_kind.LRNG_SHIM_STREAM) != 0)
        {
            // The opener was killed meanwhile: nobody will close it.
            Close(file);
        }
    }

    private int TryOpen(RecordingFile file, ulong number)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return Linux.ENODEV;
            }

            if (_open.ContainsKey(file))
            {
                return Linux.EBUSY;
            }

            var recording = new OpenRecording(file.Source, file.Recorder);
            recording.ReadinessChanged += _polls.NotifyAll;
            _open.Add(file, (recording, number));
        }

        Log.RecordingOpened(logger, file.Name, file.Source.Name);
        return 0;
    }

    private void Close(RecordingFile file)
    {
        (OpenRecording Recording, ulong File) open;
        bool found;
        lock (_lock)
        {
            found = _open.Remove(file, out open);
        }

        if (found)
        {
            Log.RecordingClosed(logger, file.Name, open.Recording.Close());
        }
    }

    private OpenRecording? Find(RecordingFile file, ulong number)
    {
        lock (_lock)
        {
            return _open.TryGetValue(file, out (OpenRecording Recording, ulong File) open) && open.File == number ? open.Recording : null;
        }
    }

    private void Read(OpenRecording recording, lrng_shim_request* request, Span<byte> output)
    {
        int room = (int)Math.Min(request->size, (ulong)output.Length);
        int bytes = recording.Read(output[..room]);
        if (bytes == -Linux.EAGAIN && (request->flags & Linux.O_NONBLOCK) == 0)
        {
            files.Waiting.Park(
                request->handle, new FuseRecording(request->handle, room), pending => recording.Add((PendingRecording)pending));
        }
        else if (bytes < 0)
        {
            _ = lrng_shim_reply_error(request->handle, -bytes);
        }
        else
        {
            fixed (byte* data = output)
            {
                _ = lrng_shim_reply_data(request->handle, data, (ulong)bytes);
            }
        }
    }

    private void Poll(OpenRecording recording, lrng_shim_request* request)
    {
        if (request->argument != 0)
        {
            _ = _polls.Remember(request->node, request->argument, request->command, invitations: 0);
        }

        // Looked at after the handle is known, so that no change is missed.
        _ = lrng_shim_reply_poll(request->handle, recording.IsReadable ? Linux.POLLIN | Linux.POLLRDNORM : 0);
    }
}
