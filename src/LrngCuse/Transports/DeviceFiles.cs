// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// Requests for open device files, of a CUSE device and of a file in a mount alike: translates them to the device's terms and
// answers them.

using LrngCuse.Control;
using LrngCuse.Device;
using LrngCuse.Interop;
using Tmds.Linux;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

/// <summary>The open files of the devices. Thread-safe.</summary>
internal sealed unsafe partial class DeviceFiles : IDisposable
{
    // Part of a file's number: opened with O_NONBLOCK. Reads tell the flag as it is then, ioctls do not tell it at all.
    private const ulong OpenedNonBlocking = 1;

    // A long read comes in pieces, and the kernel tells of a signal only after it has handed out a piece. At this distance a piece is
    // parked, so that the signal is seen before it is answered: the reader gets what it has then, as from /dev/random.
    private const long InterruptPointBytes = 8L << 20;

    private readonly RandomDevice _device;
    private readonly PollHandles _polls = new();
    private readonly OpenFiles _open;
    private ulong _lastFile;

    /// <param name="device">What the files are.</param>
    /// <param name="lastFile">Number of the last file that an earlier process opened: its files are still open.</param>
    internal DeviceFiles(RandomDevice device, ulong lastFile = 0)
    {
        _device = device;
        _open = new OpenFiles(device.Consumers);
        _lastFile = lastFile;
        _ioctls = new DeviceIoctls(device.Manager, CallerPrivilege.HasSysAdmin);
        device.ReadinessChanged += _polls.Notify;
    }

    /// <summary>How many files were opened so far; their numbers are made of this.</summary>
    internal ulong LastFile => Interlocked.Read(ref _lastFile);

    /// <summary>A number for another file of the session.</summary>
    internal ulong NextFile() => Interlocked.Increment(ref _lastFile);

    /// <summary>The requests that wait, those of other files of the session included.</summary>
    internal InterruptibleRequests Waiting { get; } = new();

    /// <summary>Answers an operation on a device file.</summary>
    internal void Handle(DeviceNode node, lrng_shim_request* request, Span<byte> output)
    {
        switch (request->operation)
        {
            case lrng_shim_operation.LRNG_SHIM_OPEN:
                Open(request);
                break;
            case lrng_shim_operation.LRNG_SHIM_READ:
                Read(node, request, output);
                break;
            case lrng_shim_operation.LRNG_SHIM_WRITE:
                Write(request);
                break;
            case lrng_shim_operation.LRNG_SHIM_POLL:
                Poll(node, request);
                break;
            case lrng_shim_operation.LRNG_SHIM_RELEASE:
                _polls.Forget(request->file);
                _open.Forget(request->file);
                _ = lrng_shim_reply_error(request->handle, 0);
                break;
            case lrng_shim_operation.LRNG_SHIM_IOCTL:
                HandleIoctl(request);
                break;
            default:
                _ = lrng_shim_reply_error(request->handle, Linux.EINVAL);
                break;
        }
    }

    /// <summary>Ends the request whose caller got a signal: with what it has, otherwise with EINTR.</summary>
    internal void Interrupted(ulong token)
    {
        if (Waiting.Interrupt(token, out int sentBytes) is { } pending)
        {
            _device.Unpark(pending, sentBytes);
        }
    }

    public void Dispose()
    {
        _device.ReadinessChanged -= _polls.Notify;
        _polls.Close();
    }

    private void Open(lrng_shim_request* request)
    {
        // As the kernel refuses it for devices. In a mount it would take it, and end asynchronous reads at the size of 0.
        if ((request->flags & (uint)LibC.O_DIRECT) != 0)
        {
            _ = lrng_shim_reply_error(request->handle, Linux.EINVAL);
            return;
        }

        ulong file = NextFile() << 1;
        file |= (request->flags & Linux.O_NONBLOCK) != 0 ? OpenedNonBlocking : 0;
        _ = _open.Of(file, (int)request->pid, request->uid);
        if (lrng_shim_reply_open(request->handle, file, lrng_shim_file_kind.LRNG_SHIM_STREAM) != 0)
        {
            // Who opened it was killed: nobody will close it.
            _open.Forget(file);
        }
    }

    private Consumer OpenedBy(lrng_shim_request* request) => _open.Of(request->file, (int)request->pid, request->uid);

    private void Read(DeviceNode node, lrng_shim_request* request, Span<byte> output)
    {
        // A short read is legal should a kernel ever ask for more than it promised.
        int bytes = (int)Math.Min(request->size, (ulong)output.Length);
        ReadMode mode = ReadMode.FromFileFlags(node, bytes, request->flags, OpenedBy(request));
        switch (_device.Gate(mode))
        {
            case ReadGate.Serve when IsInterruptPoint(mode, request->offset):
                Park(request->handle, mode, []);
                break;
            case ReadGate.Serve:
                ServeNow(request->handle, mode, output[..bytes]);
                break;
            case ReadGate.TryAgain:
                _ = lrng_shim_reply_error(request->handle, Linux.EAGAIN);
                break;
            case ReadGate.Fail:
                _ = lrng_shim_reply_error(request->handle, Linux.EIO);
                break;
            default:
                Park(request->handle, mode, []);
                break;
        }
    }

    // Offsets count from the beginning of each read. A nonblocking one is not to wait where the output limit of DRG.4 ends it.
    private static bool IsInterruptPoint(in ReadMode mode, long offset) =>
        offset > 0 && offset % InterruptPointBytes == 0 && mode.Bytes > 0 && !(mode.NonBlocking && mode.Node == DeviceNode.Random);

    private void ServeNow(nint request, in ReadMode mode, Span<byte> output)
    {
        int bytes = _device.Serve(mode, output);
        if (bytes < 0)
        {
            _ = lrng_shim_reply_error(request, -bytes);
        }
        else if (bytes < output.Length && !mode.NonBlocking)
        {
            Park(request, mode, output[..bytes]);
        }
        else if (bytes == 0 && !output.IsEmpty)
        {
            _ = lrng_shim_reply_error(request, Linux.EAGAIN);
        }
        else
        {
            fixed (byte* data = output)
            {
                _ = lrng_shim_reply_data(request, data, (ulong)bytes);
            }
        }

        // What is left here must not tell what a reader got.
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(output);
    }

    private void Park(nint request, in ReadMode mode, ReadOnlySpan<byte> begun)
    {
        var read = new FuseRead(request, mode);
        if (!begun.IsEmpty)
        {
            _ = read.Append(begun);
        }

        Waiting.Park(request, read, _device.Park);
    }

    private void Write(lrng_shim_request* request)
    {
        // Taken before: an invitation that comes meanwhile is not answered by this.
        long invitations = _device.Invitations;
        int caller = (int)request->pid;
        _device.Write(
            new ReadOnlySpan<byte>(request->data, checked((int)request->size)),
            request->uid == 0 ? () => CallerPrivilege.HasSysAdmin(caller, 0) : null);
        _polls.Answer(request->file, invitations);
        _ = lrng_shim_reply_written(request->handle, request->size);
    }

    private void Poll(DeviceNode node, lrng_shim_request* request)
    {
        // POLLERR is waited for by everybody.
        long answered = _polls.Remember(request->file, request->argument, request->command | Linux.POLLERR, _device.Invitations);

        // Looked at after the handle is known, so that no change is missed.
        _ = lrng_shim_reply_poll(request->handle, _device.PollEvents(node, answered < _device.Invitations));
    }
}
