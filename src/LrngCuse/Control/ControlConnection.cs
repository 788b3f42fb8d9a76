// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Text.Json;
using LrngCuse.Device;
using LrngCuse.Hosting;
using LrngCuse.Sampling;
using LrngEngine;
using LrngEngine.SelfTests;

namespace LrngCuse.Control;

/// <summary>Serves one client of the control socket, one request after the other.</summary>
internal sealed partial class ControlConnection(
    ControlChannel channel, Generator generator, RandomDevice device, StatusReporter reporter, Func<TimerEvents?> events)
{
    private const string GivenUp = "the wait was given up";
    private const string SendLater = "send the next request after the reply";

    /// <summary>Runs until the client closes the connection.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (await channel.ReceiveAsync(stop) is { } request)
            {
                await AnswerAsync(request, stop);
            }
        }
        finally
        {
            ForgetConsumer();
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
            await channel.RefuseAsync($"the request is no valid JSON: {error.Message}", "see the protocol's documentation", ExitCodes.Failed, stop);
            return;
        }

        switch (request)
        {
            case { Schema: not ControlFrame.Schema }:
                await channel.RefuseAsync(
                    $"schema {request.Schema} is not spoken here", $"this daemon speaks schema {ControlFrame.Schema}", ExitCodes.Failed, stop);
                break;
            case { Command: "status" }:
                await channel.ReplyAsync(new ControlReply { Schema = ControlFrame.Schema, Status = reporter.Report() }, stop);
                break;
            case { Command: "lrng_type" }:
                await channel.ReplyAsync(new ControlReply { Schema = ControlFrame.Schema, Text = generator.Manager.GetLrngType() }, stop);
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
                await channel.RefuseAsync(
                    $"unknown command '{request?.Command}'", "known: status, lrng_type, get, set, reseed, selftest, hold, wait", ExitCodes.Failed, stop);
                break;
        }
    }

    // A client that goes away while it waits, or asks for something else meanwhile, ends it.
    private async Task WaitForSeedAsync(CancellationToken stop)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task seeded = generator.WhenOperationalAsync(watch.Token);
        Task gone = channel.WhenGoneAsync(watch.Token);
        bool over = await Task.WhenAny(seeded, gone) == seeded;
        await watch.CancelAsync();
        await Task.WhenAll(seeded, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
        if (!over)
        {
            await channel.RefuseAsync(GivenUp, SendLater, ExitCodes.Failed, stop);
        }
        else if (generator.Manager.Errors.IsEntered)
        {
            await RefuseFailedAsync(stop);
        }
        else
        {
            await channel.DoneAsync(stop);
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
            await channel.DoneAsync(stop);
        }
        else
        {
            await channel.RefuseAsync(
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
            await channel.RefuseAsync($"'{request.Key}' has no events", "known: irq, sched", ExitCodes.Failed, stop);
            return;
        }

        TimerEvents? held = events();
        held?.Hold(timerEvent);
        try
        {
            await channel.DoneAsync(stop);
            await channel.WhenGoneAsync(stop);
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
            await channel.ReplyAsync(new ControlReply { Schema = ControlFrame.Schema, Text = text }, stop);
        }
        else
        {
            await RefuseFailedAsync(stop);
        }
    }

    private Task RefuseFailedAsync(CancellationToken stop) => channel.RefuseAsync(
        $"the generator is in the error state: {generator.Manager.Errors.Reason}",
        "it gives nothing any more; a restart of the daemon tests it anew, and if it fails again suspect the machine",
        ExitCodes.SelfTestFailed,
        stop);

    private async Task<bool> RefuseUnprivilegedAsync(string what, CancellationToken stop)
    {
        if (channel.IsPrivileged())
        {
            return false;
        }

        await channel.RefuseAsync($"{what} takes CAP_SYS_ADMIN", "run it as root of this machine, outside of containers", ExitCodes.Failed, stop);
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
            await channel.RefuseAsync(error.Message, error.Hint, error.ExitCode, stop);
            return;
        }
        catch (GeneratorFailedException)
        {
            await RefuseFailedAsync(stop);
            return;
        }

        await channel.DoneAsync(stop);
    }
}
