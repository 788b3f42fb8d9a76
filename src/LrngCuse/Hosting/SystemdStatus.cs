// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using LrngEngine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Hosting;

/// <summary>Tells systemd the state in words at each change, and its watchdog that all is well: while seeding and the threads that
/// serve the devices make progress.</summary>
internal sealed class SystemdStatus : IHostedService, IDisposable
{
    private readonly ISystemdNotifier _systemd;
    private readonly Generator _generator;
    private readonly DeviceService _devices;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private ITimer? _watchdog;

    // Used by the timer only.
    private long _seeding = -1;
    private bool _stuck;

    public SystemdStatus(ISystemdNotifier systemd, Generator generator, DeviceService devices, TimeProvider clock, ILogger logger)
    {
        _systemd = systemd;
        _generator = generator;
        _devices = devices;
        _clock = clock;
        _logger = logger;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _generator.LevelChanged += OnLevelChanged;
        _generator.Manager.Errors.Entered += Tell;
        Tell();
        if (WatchdogTime(Environment.GetEnvironmentVariable) is { } time)
        {
            _watchdog = _clock.CreateTimer(static status => ((SystemdStatus)status!).Watch(), this, TimeSpan.Zero, time / 2);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _generator.LevelChanged -= OnLevelChanged;
        _generator.Manager.Errors.Entered -= Tell;
        _watchdog?.Dispose();
    }

    /// <summary>sd_watchdog_enabled(3).</summary>
    /// <param name="environment">Value of a variable or null.</param>
    /// <returns>After this time without a word systemd kills the daemon; null if it does not watch.</returns>
    internal static TimeSpan? WatchdogTime(Func<string, string?> environment)
    {
        bool forUs = environment("WATCHDOG_PID") is not { Length: > 0 } pid
            || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return forUs && long.TryParse(environment("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long time) && time > 0
            ? TimeSpan.FromMicroseconds(time)
            : null;
    }

    private void OnLevelChanged(object? sender, LrngLevelChangedEventArgs change) => Tell();

    private void Tell() => _systemd.Notify(new ServiceState($"STATUS={StateInWords()}"));

    private string StateInWords()
    {
        string where = _devices.Transport is { } transport ? $"; {string.Join(" and ", transport.Paths)}" : "";
        if (_generator.Manager.Errors.Reason is { } reason)
        {
            return $"error state, every read fails: {reason}{where}";
        }

        return _generator.Manager.Operational
            ? $"fully seeded{where}"
            : $"{_generator.Manager.Level switch
            {
                LrngEngine.Seeding.SeedLevel.MinimallySeeded => "minimally seeded",
                LrngEngine.Seeding.SeedLevel.InitiallySeeded => "initially seeded",
                _ => "not seeded",
            }}: blocking readers wait, lrng status and lrng doctor say for what{where}";
    }

    private void Watch()
    {
        long seeding = _generator.Manager.AskProgress();
        string? stuck = seeding == _seeding ? "seeding" : _devices.Transport?.MakesProgress() == false ? "a thread that serves the devices" : null;
        _seeding = seeding;
        if (stuck is null)
        {
            _systemd.Notify(new ServiceState("WATCHDOG=1"));
        }
        else if (!_stuck)
        {
            Log.NoProgress(_logger, stuck);
        }

        _stuck = stuck is not null;
    }
}
