// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using LrngCuse.HandOver;
using LrngCuse.Hosting.Configuration;
using LrngCuse.Interop;
using LrngCuse.Sampling;
using LrngCuse.Transports;
using LrngCuse.Transports.Mount;
using LrngEngine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Hosting;

/// <summary>Starts and stops the generator and the transport that serves it.</summary>
internal sealed class DeviceService : IHostedService, IDisposable
{
    // Requests to devices that were taken over wait in the kernel until the generator is seeded, but not for sources that never seed it.
    private static readonly TimeSpan s_seedingTime = TimeSpan.FromSeconds(5);

    private readonly DaemonSettings _settings;
    private readonly Generator _generator;
    private readonly RandomDevice _device;
    private readonly ParkedReads _parked;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ServiceUser _user;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    // Only who has answered what was left to it may leave the devices to another.
    private bool _serving;

    public DeviceService(
        DaemonSettings settings,
        Generator generator,
        RandomDevice device,
        ParkedReads parked,
        IHostApplicationLifetime lifetime,
        ServiceUser user,
        TimeProvider clock,
        ILogger logger)
    {
        _settings = settings;
        _generator = generator;
        _device = device;
        _parked = parked;
        _lifetime = lifetime;
        _user = user;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>The running transport; null before the start and after the stop.</summary>
    internal ITransport? Transport { get; private set; }

    /// <summary>What feeds the timer sources; null before the start and after the stop.</summary>
    internal TimerEvents? Events { get; private set; }

    /// <summary>Exit status of the daemon: no success if the kernel ended the connection, or a failed self-test the daemon.</summary>
    internal int ExitCode { get; private set; } = ExitCodes.Success;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        EndIfSelfTestsFail();
        LibfuseLog.Attach(_logger);

        // If the device cannot be made, that is all there is to say: seeding and its words come after it.
        Transport = StartTransport(out string reason);
        OwnMount(Transport);
        Transport.Lost += OnLost;
        Log.Serving(_logger, string.Join(" and ", Transport.Paths), Transport.Kind, reason);
        _parked.Start();
        Events = TimerEvents.Start(_generator, _clock, _logger);
        _user.Become();
        _generator.Start();
        if (Transport.TakenOver)
        {
            await SeededAsync(cancellationToken);
            Transport.Serve();
        }

        _serving = true;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (Transport is not null && !HandOver(Transport))
        {
            Log.Stopping(_logger, _parked.Count);
        }

        // Parked readers get their error while the transport still runs, so that their close is answered as well.
        _parked.Close();
        Transport?.Dispose();
        Transport = null;
        Events?.Dispose();
        Events = null;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        Transport?.Dispose();
        Events?.Dispose();
    }

    // Returns in any case: what was taken over is served even if the daemon is to stop.
    private async Task SeededAsync(CancellationToken cancellation)
    {
        var seeded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnLevelChanged(object? sender, LrngLevelChangedEventArgs change)
        {
            if (_generator.Manager.Operational)
            {
                _ = seeded.TrySetResult();
            }
        }

        _generator.LevelChanged += OnLevelChanged;
        if (!_generator.Manager.Operational)
        {
            await seeded.Task.WaitAsync(s_seedingTime, _clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _generator.LevelChanged -= OnLevelChanged;
    }

    // A service manager that keeps descriptors gives them to the daemon that it starts next, and lets go of them when there is none: a
    // stop for good ends the devices as well. What has failed is not handed on.
    private bool HandOver(ITransport transport)
    {
        if (!_serving || ExitCode != ExitCodes.Success || Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } manager
            || (transport is FuseTransport && !_user.LeaveMount()))
        {
            return false;
        }

        transport.Pause();
        _parked.Pause();
        try
        {
            using DescriptorStore store = DescriptorStore.Connect(manager);
            Log.HandedOver(_logger, string.Join(" and ", transport.Paths), transport.HandOver(store));
            return true;
        }
        catch (CommandException error)
        {
            OwnMount(transport);
            Log.NotHandedOver(_logger, string.Join(" and ", transport.Paths), error.Message);
            return false;
        }
    }

    // A daemon that serves devices leaves alone what is mounted: it is another one's, and may wait for its next daemon.
    private void OwnMount(ITransport transport)
    {
        if (transport is FuseTransport)
        {
            _user.OwnMount();
        }
    }

    private ITransport StartTransport(out string reason)
    {
        reason = "";
        DeviceName name = DeviceName.Parse(_settings.Device);
        if (_settings.Transport == "fuse")
        {
            return StartMount();
        }

        int errno = CuseTransport.Probe();
        if (errno == 0)
        {
            using HandedOverSessions? mount = TakeOther(HandedOverSessions.Mount, $"/dev/{name.Random} and /dev/{name.Urandom}");
            if (mount is not null)
            {
                FuseTransport.End(mount, _settings.Mount);
            }

            return CuseTransport.Start(name, _settings.Major, _settings.DeviceMode, _device, _logger);
        }

        if (_settings.Transport == "cuse" || !CuseTransport.IsAbsent(errno))
        {
            throw CuseTransport.OpenError(errno);
        }

        reason = $": {CuseTransport.OpenError(errno).Message}";
        return StartMount();
    }

    private FuseTransport StartMount()
    {
        TakeOther(HandedOverSessions.Devices, $"a mount at {_settings.Mount}")?.Dispose();
        return FuseTransport.Start(
            _settings.Mount,
            _device,
            _settings.DeviceMode,
            [
                new TextFile("lrng_type", _generator.Manager.GetLrngType),
                new TextFile("selftest_status", () => $"{_generator.SelfTests.StatusWord}\n", RunSelfTests),
                SysctlDirectory.Create(_generator.Manager),
                TestingDirectory.Create(_generator.Interrupts, _generator.Scheduler, () => _generator.Hash),
            ],
            _logger);
    }

    // An earlier daemon may have served by the other transport: who reads there is not to wait for nobody.
    private HandedOverSessions? TakeOther(IReadOnlyList<string> names, string own)
    {
        HandedOverSessions? other = HandedOverSessions.Take(names, Environment.GetEnvironmentVariable, Environment.ProcessId);
        if (other is not null)
        {
            Log.OtherTransportEnds(_logger, own);
        }

        return other;
    }

    // As LRNG answers who writes to its parameter.
    private int RunSelfTests() => _generator.RunSelfTests().Passed ? 0 : Linux.EFAULT;

    private void EndIfSelfTestsFail()
    {
        if (!_settings.AbortsOnSelfTestFailure)
        {
            return;
        }

        _generator.Manager.Errors.Entered += OnSelfTestFailed;
        if (_generator.Manager.Errors.IsEntered)
        {
            throw new CommandException(
                $"the daemon ends, as selftest.on_failure = abort says: {string.Join("; ", _generator.SelfTests.Failures)}",
                "start it again; if it fails again suspect the machine",
                ExitCodes.SelfTestFailed);
        }
    }

    // The error state has other causes as well, which have settings of their own.
    private void OnSelfTestFailed()
    {
        if (_generator.SelfTests.Passed)
        {
            return;
        }

        Log.EndsBySelfTest(_logger);
        ExitCode = ExitCodes.SelfTestFailed;
        _lifetime.StopApplication();
    }

    private void OnLost(string session)
    {
        ExitCode = ExitCodes.Failed;
        _lifetime.StopApplication();
    }
}
