// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Globalization;
using LrngCuse.Hosting.Configuration;
using LrngEngine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Hosting;

/// <summary>Reads the configuration again at each SIGHUP, and tells systemd when it has.</summary>
internal sealed class ReloadService(
    Func<DaemonSettings> load, Reload reload, ReloadRequests requests, ILogger logger, ISystemdNotifier? systemd) : BackgroundService
{
    // A storm of signals costs a reading in each of these, and as many lines.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await requests.TakeAsync(stoppingToken);
                Run();
                await Task.Delay(s_pause, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }

    private void Run()
    {
        systemd?.Notify(new ServiceState(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={MonotonicMicroseconds()}")));
        try
        {
            reload.Apply(load());
        }
        catch (CommandException error)
        {
            foreach (CommandException mistake in error.Mistakes)
            {
                Log.ReloadRefused(logger, mistake.Message, mistake.Hint);
            }
        }
        catch (GeneratorFailedException error)
        {
            Log.ReloadRefused(logger, error.Message, "start the daemon again");
        }
        finally
        {
            // The old configuration is one to run with.
            systemd?.Notify(ServiceState.Ready);
        }
    }

    // The platform's clock for intervals is CLOCK_MONOTONIC.
    private static long MonotonicMicroseconds() => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);
}
