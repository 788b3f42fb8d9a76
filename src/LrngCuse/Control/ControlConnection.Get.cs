// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Net.Sockets;
using LrngCuse.Device;
using LrngCuse.Interop;

namespace LrngCuse.Control;

/// <summary>get: a read, gated and parked as those of the device are.</summary>
internal sealed partial class ControlConnection
{
    // A client that gets bytes is a reader like any other; what it was when it first asked is what it counts as.
    private Consumer? _consumer;

    private Consumer Consumer()
    {
        PeerCredentials peer = channel.Peer ?? new PeerCredentials(0, uint.MaxValue);
        return _consumer ??= device.Consumers.Enter(peer.ProcessId, peer.UserId);
    }

    private void ForgetConsumer()
    {
        if (_consumer is not null)
        {
            device.Consumers.Leave(_consumer);
        }
    }

    private async Task GetAsync(ControlRequest request, CancellationToken stop)
    {
        if (request.Bytes is < 1 or > RandomDevice.MaximumRequestBytes)
        {
            await channel.RefuseAsync(
                $"{request.Bytes} bytes cannot be asked for at once", $"1..{RandomDevice.MaximumRequestBytes}", ExitCodes.Failed, stop);
            return;
        }

        using var read = new ControlRead(
            new ReadMode(DeviceNode.Random, request.Bytes, request.NonBlocking, request.PredictionResistant, Consumer()));
        int result = await ReadAsync(read, stop);
        if (result >= 0)
        {
            await channel.DoneAsync(stop);
            await channel.SendAsync(read.Output.Memory[..result], stop);
        }
        else if (result == -Linux.EAGAIN)
        {
            await (generator.Manager.Operational
                ? channel.RefuseAsync("the sources, or the limit of this caller, give nothing now", "wait, or ask again later", ExitCodes.NotSeeded, stop)
                : channel.RefuseAsync("not seeded yet", "wait, or see lrng status for what is missing", ExitCodes.NotSeeded, stop));
        }
        else if (result == -Linux.EIO)
        {
            await RefuseFailedAsync(stop);
        }
        else if (result == -Linux.EINTR)
        {
            await channel.RefuseAsync(GivenUp, SendLater, ExitCodes.Failed, stop);
        }
        else
        {
            await channel.RefuseAsync("the daemon is stopping", "try again when it is back", ExitCodes.NotRunning, stop);
        }
    }

    private async Task<int> ReadAsync(ControlRead read, CancellationToken stop)
    {
        switch (device.Gate(read.Mode))
        {
            case ReadGate.Serve:
                return await ServeAsync(read, stop);
            case ReadGate.TryAgain:
                return -Linux.EAGAIN;
            case ReadGate.Fail:
                return -Linux.EIO;
            default:
                return device.Park(read) ? await WaitAsync(read, stop) : -Linux.ENODEV;
        }
    }

    private async Task<int> ServeAsync(ControlRead read, CancellationToken stop)
    {
        int bytes = device.Serve(read.Mode, read.Output.Span);
        if (bytes < 0 || bytes == read.Mode.Bytes || (read.Mode.NonBlocking && bytes > 0))
        {
            return bytes;
        }

        // At the output limit of DRG.4: what is missing comes after a reseed.
        if (read.Mode.NonBlocking)
        {
            return -Linux.EAGAIN;
        }

        if (bytes > 0)
        {
            _ = read.Append(read.Output.Span[..bytes]);
        }

        if (!device.Park(read))
        {
            _ = read.Finish(Linux.ENODEV);
        }

        return await WaitAsync(read, stop);
    }

    // A client that goes away while it waits ends its read, as a signal does for a reader of the device.
    private async Task<int> WaitAsync(ControlRead read, CancellationToken stop)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task gone = channel.WhenGoneAsync(watch.Token);
        if (await Task.WhenAny(read.Done, gone) == gone)
        {
            device.Unpark(read, read.Finish(Linux.EINTR));
        }

        int result = await read.Done;
        await watch.CancelAsync();
        try
        {
            await gone;
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            // Expected: it was only a watch.
        }

        return result;
    }
}
