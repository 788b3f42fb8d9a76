// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// Notices that this machine is a copy of another one, or of its own past: pools, credits and blocks collected ahead are copied with it,
// so that both would go on with the same seeds. What each request takes in of the kernel's generator (CloneGuard) parts them at once; this
// has everything collected afresh. Waits in one poll and costs nothing while nothing happens.

using System.Globalization;
using System.Runtime.InteropServices;
using LrngCuse.Interop;
using LrngCuse.Sampling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tmds.Linux;

namespace LrngCuse.Copies;

/// <summary>Has the generator give up everything when the machine was copied.</summary>
internal sealed class CopyWatch : IHostedService, IDisposable
{
    private const short Readable = 1;

    private readonly Action<string> _copied;
    private readonly ILogger _logger;
    private readonly KernelEvents? _events;
    private readonly ClockTimer? _timer;
    private readonly ClockSteps _steps;
    private readonly WakeUp _stop = new();
    private Thread? _thread;

    /// <param name="copied">Takes the reason.</param>
    /// <param name="events">The kernel's events, if they are to be had. Owned.</param>
    /// <param name="timer">Tells when the clock is set. Owned.</param>
    /// <param name="steps">By how much.</param>
    /// <param name="logger">Receives what is not to be had.</param>
    internal CopyWatch(Action<string> copied, KernelEvents? events, ClockTimer? timer, ClockSteps steps, ILogger logger)
    {
        _copied = copied;
        _events = events;
        _timer = timer;
        _steps = steps;
        _logger = logger;
    }

    /// <summary>Watches this machine.</summary>
    internal static CopyWatch Create(Action<string> copied, ILogger logger)
    {
        int errno = 0;
        int? handedOver = HandedOverEvents.FindFile(KernelEvents.HandedOverName, Environment.GetEnvironmentVariable, Environment.ProcessId);
        KernelEvents? events = handedOver is { } file ? KernelEvents.Of(file) : KernelEvents.Open(out errno);
        if (events is null)
        {
            Log.NotWatched(logger, "the kernel's events", Marshal.GetPInvokeErrorMessage(errno));
        }

        ClockTimer? timer = ClockTimer.Open(out errno);
        if (timer is null)
        {
            Log.NotWatched(logger, "the clock", Marshal.GetPInvokeErrorMessage(errno));
        }

        return new CopyWatch(copied, events, timer, new ClockSteps(ClockTimer.Difference), logger);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "lrng-copies" };
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Signal();
        _thread?.Join();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _events?.Dispose();
        _timer?.Dispose();
        _stop.Dispose();
    }

    // Without a descriptor poll passes over its entry.
    private void Run()
    {
        pollfd[] files = [Entry(_stop.File), Entry(_events?.File ?? -1), Entry(_timer?.File ?? -1)];
        while (true)
        {
            int ready = Perf.Poll(files, Timeout.InfiniteTimeSpan);
            if (ready == -Interop.Linux.EINTR)
            {
                continue;
            }

            if (ready < 0)
            {
                Log.NotWatched(_logger, "poll", Marshal.GetPInvokeErrorMessage(-ready));
                return;
            }

            if (files[0].revents != 0)
            {
                return;
            }

            if (files[1].revents != 0 && _events!.TakeCopied())
            {
                _copied("the machine was copied: the kernel has a new generation identifier (NEW_VMGENID)");
            }

            if (files[2].revents != 0)
            {
                OnClockSet();
            }
        }
    }

    private static pollfd Entry(int file) => new() { fd = file, events = Readable };

    private void OnClockSet()
    {
        _timer!.Clear();
        if (_steps.Take() is var step && step != TimeSpan.Zero)
        {
            _copied(string.Create(
                CultureInfo.InvariantCulture, $"the clock was set by {step.TotalSeconds:+0.0;-0.0} s: the machine may be a copy or a snapshot"));
        }
    }
}
