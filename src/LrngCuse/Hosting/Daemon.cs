// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngCuse.Control;
using LrngCuse.Copies;
using LrngCuse.Device;
using LrngCuse.Hosting.Configuration;
using LrngCuse.Interop;
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

    /// <returns>Exit status.</returns>
    /// <exception cref="CommandException">It cannot start; nothing is left behind.</exception>
    internal static async Task<int> RunAsync(DaemonSettings settings)
    {
        Process.ForbidDumps();

        // Unregistered, it would kill the daemon.
        using PosixSignalRegistration hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, static context => context.Cancel = true);
        using IHost host = Build(settings);
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

    private static IHost Build(DaemonSettings settings)
    {
        // The default builder would watch the whole file system when the working directory is /.
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = LogCategory });
        ConfigureLogging(builder.Logging, settings);
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
            provider.GetRequiredService<Generator>().Manager, provider.GetRequiredService<ILogger>()));
        services.AddSingleton(provider => new RandomDevice(
            provider.GetRequiredService<Generator>().Manager,
            provider.GetRequiredService<ParkedReads>(),
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
        }
    }

    private static void ConfigureLogging(ILoggingBuilder logging, DaemonSettings settings)
    {
        logging.SetMinimumLevel(Enum.Parse<LogLevel>(settings.LogLevel, ignoreCase: true));
        logging.AddFilter("Microsoft", LogLevel.Warning);
        if (settings.LogsSeeding)
        {
            logging.AddFilter(SeedingLogCategory, LogLevel.Debug);
        }


        // What keeps the daemon from starting is said once, by the command line, without a stack trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        // All words go to stderr; stdout is for data.
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        if (Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 })
        {
            logging.AddSystemdConsole();
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
