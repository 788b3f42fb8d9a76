// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// ioctls. The kernel passes on the number and the address alone; what the device wants to see of the caller's memory, or to
// write to it, it asks for, and then the same request comes again. In a mount the kernel goes by the number and allows no
// question.

using LrngCuse.Device;
using LrngCuse.Interop;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

internal sealed unsafe partial class DeviceFiles
{
    private readonly DeviceIoctls _ioctls;

    private void HandleIoctl(lrng_shim_request* request)
    {
        var input = new Span<byte>(request->data, checked((int)request->size));
        var described = new IoctlRequest
        {
            Command = request->command,
            Argument = request->argument,
            Input = input,
            OutputBytes = checked((int)request->output_size),
            MayAsk = (request->flags & Linux.FUSE_IOCTL_UNRESTRICTED) != 0,
            Compat = (request->flags & Linux.FUSE_IOCTL_COMPAT) != 0,
            NonBlocking = (request->file & OpenedNonBlocking) != 0,
            ThreadId = (int)request->pid,
            UserId = request->uid,
        };
        long invitations = _device.Invitations;
        IoctlOutcome outcome = _ioctls.Handle(described);
        if (request->command == Linux.RNDADDENTROPY && outcome is IoctlOutcome.Return { Result: 0 })
        {
            _polls.Answer(request->file, invitations);
        }

        switch (outcome)
        {
            case IoctlOutcome.Return done:
                Return(request->handle, done);
                break;
            case IoctlOutcome.Ask ask:
                Ask(request->handle, ask);
                break;
            case IoctlOutcome.PullSeed seed:
                Waiting.Park(request->handle, new FuseSeed(request->handle, seed, OpenedBy(request)), _device.Park);
                break;
            default:
                _ = lrng_shim_reply_error(request->handle, Linux.EIO);
                break;
        }

        // It may be the seed of this generator, and the worker's buffer is kept. Not earlier: a request that waits is noted as it came.
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(input);
    }

    private static void Return(nint request, IoctlOutcome.Return done)
    {
        fixed (byte* data = done.Output.Span)
        {
            _ = lrng_shim_reply_ioctl(request, done.Result, data, (ulong)done.Output.Length);
        }
    }

    private static void Ask(nint request, IoctlOutcome.Ask ask)
    {
        lrng_shim_range input = ToNative(ask.Input ?? default);
        lrng_shim_range* output = stackalloc lrng_shim_range[LRNG_SHIM_MAX_RANGES];
        for (int i = 0; i < ask.Output.Count; i++)
        {
            output[i] = ToNative(ask.Output[i]);
        }

        _ = lrng_shim_reply_ioctl_retry(request, &input, ask.Input is null ? 0u : 1u, output, (uint)ask.Output.Count);
    }

    private static lrng_shim_range ToNative(IoctlRange range) => new() { address = range.Address, size = (ulong)range.Bytes };
}
