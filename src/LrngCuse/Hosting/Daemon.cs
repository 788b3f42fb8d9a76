// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngCuse.Control;
using LrngCuse.Copies;
using LrngCuse.Device;
using LrngCuse.Hosting.Configuration;
using LrngCuse.Interop;
using LrngCuse.Journal;
using LrngCuse.Sampling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Hosting;

/// <summary>The daemon from start to stop.</summary>
internal static class Daemon
{
    private const string LogCategory = "lrng";

    // Every step of a seeding, so that they can be followed without what else is logged at debug level.
    private const string SeedingLogCategory = "lrng.seeding";

    /// <param name="load">Reads the configuration: now, and again at each SIGHUP.</param>
    /// <returns>Exit status.</returns>
    /// <exception cref="CommandException">It cannot start; nothing is left behind.</exception>
    internal static async Task<int> RunAsync(Func<DaemonSettings> load)
    {
        Process.ForbidDumps();
        HandedOverEvents.KeepFromChildren();

        // Unregistered, it would kill the daemon.
        var reloads = new ReloadRequests();
        using PosixSignalRegistration hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            reloads.Add();
        });
        using IHost host = Build(load, reloads);
        var device = host.Services.GetRequiredService<DeviceService>();
        try
        {
            await host.StartAsync();
            await host.WaitForShutdownAsync();
        }
        catch (OperationCanceledException)
        {
            // A signal during the start: what has started is stopped all the same.
            await host.StopAsync(CancellationToken.None);
        }
        catch (CommandException)
        {
            await host.StopAsync(CancellationToken.None);
            throw;
        }

        return device.ExitCode;
    }

    private static IHost Build(Func<DaemonSettings> load, ReloadRequests reloads)
    {
        DaemonSettings settings = load();
        var levels = new LogLevels(settings, SeedingLogCategory);
        // The default builder would watch the whole file system when the working directory is /.
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = LogCategory });
        ConfigureLogging(builder.Logging, levels);
        IServiceCollection services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(provider => provider.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory));
        services.AddSingleton(provider => Generator.Build(
            settings,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(SeedingLogCategory)));
        services.AddSingleton(provider => new ParkedReads(
            provider.GetRequiredService<Generator>().Manager,
            new PullLimits(settings.PullsPerUser, settings.PullsPerCgroup, provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger>()));
        services.AddSingleton(provider => new RandomDevice(
            provider.GetRequiredService<Generator>().Manager,
            provider.GetRequiredService<ParkedReads>(),
            new Consumers(CallerCgroup.Of, settings.LimitsPulls ? CallerPrivilege.HasSysAdmin : null),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DeviceService>();
        services.AddSingleton(provider => new Lazy<DeviceService>(provider.GetRequiredService<DeviceService>));
        services.AddSingleton<HardwareRngService>();
        services.AddSingleton<ControlService>();
        services.AddSingleton<GenerationPublisher>();

        // The socket before the device: it tells whether another daemon is running. Stopped in the reverse order.
        services.AddSingleton<ServiceUser>();
        services.AddHostedService(provider => provider.GetRequiredService<ServiceUser>());
        services.AddHostedService(provider => provider.GetRequiredService<ControlService>());
        services.AddHostedService(provider => provider.GetRequiredService<GenerationPublisher>());
        services.AddHostedService(provider => provider.GetRequiredService<DeviceService>());
        services.AddHostedService(provider => CopyWatch.Create(
            provider.GetRequiredService<Generator>().Manager.Reset, provider.GetRequiredService<ILogger>()));
        services.AddHostedService(provider => provider.GetRequiredService<HardwareRngService>());
        services.AddHostedService(provider => new ReloadService(
            load,
            new Reload(provider.GetRequiredService<Generator>(), levels, provider.GetRequiredService<ILogger>()),
            reloads,
            provider.GetRequiredService<ILogger>(),
            provider.GetService<ISystemdNotifier>()));
        services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        AddSystemd(services);
        return builder.Build();
    }

    // AddSystemd() looks at the parent's name, which /proc may hide; NOTIFY_SOCKET says it for certain.
    private static void AddSystemd(IServiceCollection services)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 })
        {
            services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
            services.AddSingleton<IHostLifetime, SystemdLifetime>();
            services.AddHostedService<SystemdStatus>();
        }
    }

    private static void ConfigureLogging(ILoggingBuilder logging, LogLevels levels)
    {
        // Both may change while the daemon runs.
        logging.SetMinimumLevel(LogLevel.Trace);
        logging.AddFilter(levels.IsEnabled);

        // All words go to stderr; stdout is for data.
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        if (JournalLoggerProvider.IsJournal(Environment.GetEnvironmentVariable("JOURNAL_STREAM")))
        {
            logging.Services.AddSingleton<ILoggerProvider>(_ => new JournalLoggerProvider(JournalLoggerProvider.DefaultSocket));
        }
        else
        {
            logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.TimestampFormat = "HH:mm:ss.fff ";
                options.UseUtcTimestamp = false;
            });
        }
    }
}
