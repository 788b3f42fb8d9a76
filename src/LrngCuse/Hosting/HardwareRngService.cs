// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Hosting.Configuration;
using LrngEngine.Sources.HardwareRng;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Hosting;

/// <summary>Has the auxiliary pool fed from /dev/hwrng, unless that is switched off. The device is opened with the privileges that the
/// daemon was started with, and read after it has become another user.</summary>
internal sealed class HardwareRngService : IHostedLifecycleService, IDisposable
{
    private readonly DaemonSettings _settings;
    private readonly Generator _generator;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private HardwareRngThread? _thread;

    public HardwareRngService(DaemonSettings settings, Generator generator, TimeProvider clock, ILogger logger)
    {
        _settings = settings;
        _generator = generator;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>What is read and credited; null if it is switched off.</summary>
    internal HardwareRngStatus? Status => _thread?.Status;

    /// <exception cref="CommandException">Memory cannot be locked.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!_settings.HardwareEnabled)
        {
            return Task.CompletedTask;
        }

        var hardware = new LinuxHardwareGenerator(_settings.HardwareDevice);
        try
        {
            _thread = new HardwareRngThread(new HardwareRngOptions
            {
                Pool = _generator.Manager.Auxiliary,
                Generator = hardware,
                BytesPerSecond = _settings.HardwareBytesPerSecond,
                CreditLimit = _settings.HardwareCreditLimit,
                Clock = _clock,
                Logger = _logger,
            });
        }
        catch (InvalidOperationException error)
        {
            hardware.Dispose();
            throw new CommandException(
                error.Message, "raise the limit of locked memory (ulimit -l, or LimitMEMLOCK= in the unit), or set hwrng.enabled = no");
        }

        _thread.Open();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _thread?.Start();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _thread?.Dispose();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _thread?.Dispose();
}
