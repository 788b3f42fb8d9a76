// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using LrngCuse.Device;
using LrngCuse.Hosting;
using LrngCuse.Interop;
using LrngCuse.Sampling;
using LrngEngine;
using LrngEngine.SelfTests;

namespace LrngCuse.Control;

/// <summary>Serves one client of the control socket, one request after the other.</summary>
internal sealed class ControlConnection(
    Socket socket, Generator generator, RandomDevice device, StatusReporter reporter, Func<TimerEvents?> events)
{
    // Requests are short; a client that sends more does not speak this protocol.
    private const int MaximumRequestBytes = 4096;

    // A client that stops talking must not hold a place for ever.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs until the client closes the connection.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        byte[] buffer = new byte[MaximumRequestBytes];
        while (true)
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
            timeout.CancelAfter(s_patience);
            int length = await ControlFrame.ReceiveLengthAsync(socket, MaximumRequestBytes, timeout.Token);
            if (length < 0)
            {
                return;
            }

            await ControlFrame.ReceiveAllAsync(socket, buffer.AsMemory(0, length), timeout.Token);
            await AnswerAsync(buffer.AsMemory(0, length), stop);
        }
    }

    private async Task AnswerAsync(ReadOnlyMemory<byte> json, CancellationToken stop)
    {
        ControlRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(json.Span, ControlJson.Default.ControlRequest);
        }
        catch (JsonException error)
        {
            await RefuseAsync($"the request is no valid JSON: {error.Message}", "see the protocol's documentation", ExitCodes.Failed, stop);
            return;
        }

        switch (request)
        {
            case { Schema: not ControlFrame.Schema }:
                await RefuseAsync(
                    $"schema {request.Schema} is not spoken here", $"this daemon speaks schema {ControlFrame.Schema}", ExitCodes.Failed, stop);
                break;
            case { Command: "status" }:
                await ReplyAsync(new ControlReply { Schema = ControlFrame.Schema, Status = reporter.Report() }, stop);
                break;
            case { Command: "lrng_type" }:
                await ReplyAsync(new ControlReply { Schema = ControlFrame.Schema, Text = generator.Manager.GetLrngType() }, stop);
                break;
            case { Command: "get" }:
                await GetAsync(request, stop);
                break;
            case { Command: "set" }:
                await SetAsync(request, stop);
                break;
            case { Command: "reseed" }:
                await ReseedAsync(stop);
                break;
            case { Command: "selftest" }:
                await SelfTestAsync(stop);
                break;
            case { Command: "hold" }:
                await HoldAsync(request, stop);
                break;
            case { Command: "wait" }:
                await WaitForSeedAsync(stop);
                break;
            default:
                await RefuseAsync(
                    $"unknown command '{request?.Command}'", "known: status, lrng_type, get, set, reseed, selftest, hold, wait", ExitCodes.Failed, stop);
                break;
        }
    }

    private async Task GetAsync(ControlRequest request, CancellationToken stop)
    {
        if (request.Bytes is < 1 or > RandomDevice.MaximumRequestBytes)
        {
            await RefuseAsync(
                $"{request.Bytes} bytes cannot be asked for at once", $"1..{RandomDevice.MaximumRequestBytes}", ExitCodes.Failed, stop);
            return;
        }

        using var read = new ControlRead(new ReadMode(DeviceNode.Random, request.Bytes, request.NonBlocking, request.PredictionResistant));
        int result = await ReadAsync(read, stop);
        if (result >= 0)
        {
            await ReplyAsync(new ControlReply { Schema = ControlFrame.Schema }, stop);
            await SendAsync(read.Output.Memory[..result], stop);
        }
        else if (result == -Linux.EAGAIN)
        {
            await RefuseAsync("not seeded yet", "wait, or see lrng status for what is missing", ExitCodes.NotSeeded, stop);
        }
        else if (result == -Linux.EIO)
        {
            await RefuseFailedAsync(stop);
        }
        else
        {
            await RefuseAsync("the daemon is stopping", "try again when it is back", ExitCodes.NotRunning, stop);
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

        return device.Park(read) ? await WaitAsync(read, stop) : -Linux.ENODEV;
    }

    // A client that goes away while it waits ends its read, as a signal does for a reader of the device.
    private async Task<int> WaitAsync(ControlRead read, CancellationToken stop)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<int> gone = socket.ReceiveAsync(new byte[1], SocketFlags.Peek, watch.Token).AsTask();
        if (await Task.WhenAny(read.Done, gone) == gone)
        {
            _ = read.Finish(Linux.EINTR);
            device.Unpark(read);
        }

        int result = await read.Done;
        await watch.CancelAsync();
        try
        {
            _ = await gone;
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            // Expected: it was only a watch.
        }

        return result;
    }

    // A client that goes away while it waits, or asks for something else meanwhile, ends it.
    private async Task WaitForSeedAsync(CancellationToken stop)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task seeded = generator.WhenOperationalAsync(watch.Token);
        Task gone = socket.ReceiveAsync(new byte[1], SocketFlags.Peek, watch.Token).AsTask();
        bool over = await Task.WhenAny(seeded, gone) == seeded;
        await watch.CancelAsync();
        await Task.WhenAll(seeded, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
        if (!over)
        {
            await RefuseAsync("the wait was given up", "send the next request after the reply", ExitCodes.Failed, stop);
        }
        else if (generator.Manager.Errors.IsEntered)
        {
            await RefuseFailedAsync(stop);
        }
        else
        {
            await ReplyAsync(new ControlReply { Schema = ControlFrame.Schema }, stop);
        }
    }

    private async Task ReseedAsync(CancellationToken stop)
    {
        if (await RefuseUnprivilegedAsync("a reseed", stop))
        {
            return;
        }

        // The answer tells whether it happened: a full reseed of every instance, or what the sources could give.
        bool full;
        try
        {
            full = await generator.Manager.ReseedAsync(stop);
        }
        catch (GeneratorFailedException)
        {
            await RefuseFailedAsync(stop);
            return;
        }

        if (full)
        {
            await ReplyAsync(new ControlReply { Schema = ControlFrame.Schema }, stop);
        }
        else
        {
            await RefuseAsync(
                "the sources could not give a full seed to every DRNG", "see lrng status for what each source delivers", ExitCodes.NotSeeded, stop);
        }
    }

    // What is recorded must not seed anything (SP 800-90B 3.1.1). It lasts as long as the connection.
    private async Task HoldAsync(ControlRequest request, CancellationToken stop)
    {
        if (await RefuseUnprivilegedAsync("holding a source's events back", stop))
        {
            return;
        }

        TimerEvent? named = request.Key switch
        {
            "irq" => TimerEvent.Interrupt,
            "sched" => TimerEvent.Switch,
            _ => null,
        };
        if (named is not { } timerEvent)
        {
            await RefuseAsync($"'{request.Key}' has no events", "known: irq, sched", ExitCodes.Failed, stop);
            return;
        }

        TimerEvents? held = events();
        held?.Hold(timerEvent);
        try
        {
            await ReplyAsync(new ControlReply { Schema = ControlFrame.Schema }, stop);
            _ = await socket.ReceiveAsync(new byte[1], SocketFlags.Peek, stop);
        }
        finally
        {
            held?.Release(timerEvent);
        }
    }

    // They cost milliseconds, and a line of the log each time: nothing for everybody.
    private async Task SelfTestAsync(CancellationToken stop)
    {
        if (await RefuseUnprivilegedAsync("running the self-tests", stop))
        {
            return;
        }

        SelfTestReport report = generator.RunSelfTests();
        if (report.Passed)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"LRNG self-tests passed ({report.Tests} known answers)\n");
            await ReplyAsync(new ControlReply { Schema = ControlFrame.Schema, Text = text }, stop);
        }
        else
        {
            await RefuseFailedAsync(stop);
        }
    }

    private Task RefuseFailedAsync(CancellationToken stop) => RefuseAsync(
        $"the generator is in the error state: {generator.Manager.Errors.Reason}",
        "it gives nothing any more; a restart of the daemon tests it anew, and if it fails again suspect the machine",
        ExitCodes.SelfTestFailed,
        stop);

    private async Task<bool> RefuseUnprivilegedAsync(string what, CancellationToken stop)
    {
        if (CallerPrivilege.HasSysAdmin(socket))
        {
            return false;
        }

        await RefuseAsync($"{what} takes CAP_SYS_ADMIN", "run it as root of this machine, outside of containers", ExitCodes.Failed, stop);
        return true;
    }

    private async Task SetAsync(ControlRequest request, CancellationToken stop)
    {
        if (await RefuseUnprivilegedAsync("changing settings", stop))
        {
            return;
        }

        try
        {
            RuntimeSettings.Change(generator, request.Key, request.Value);
        }
        catch (CommandException error)
        {
            await RefuseAsync(error.Message, error.Hint, error.ExitCode, stop);
            return;
        }
        catch (GeneratorFailedException)
        {
            await RefuseFailedAsync(stop);
            return;
        }

        await ReplyAsync(new ControlReply { Schema = ControlFrame.Schema }, stop);
    }

    private Task RefuseAsync(string error, string hint, int exitCode, CancellationToken stop) =>
        ReplyAsync(new ControlReply { Schema = ControlFrame.Schema, Error = error, Hint = hint, ExitCode = exitCode }, stop);

    private Task ReplyAsync(ControlReply reply, CancellationToken stop) =>
        SendAsync(JsonSerializer.SerializeToUtf8Bytes(reply, ControlJson.Default.ControlReply), stop);

    // A client that does not read must not hold a place for ever either.
    private async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken stop)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(s_patience);
        await ControlFrame.SendAsync(socket, frame, timeout.Token);
    }
}
