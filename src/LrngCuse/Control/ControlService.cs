// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Net.Sockets;
using LrngCuse.Device;
using LrngCuse.Hosting;
using LrngCuse.Hosting.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Control;

/// <summary>Listens on the control socket.</summary>
internal sealed class ControlService : IHostedService, IDisposable
{
    private static readonly TimeSpan s_recovery = TimeSpan.FromSeconds(1);

    // The kernel's overflowuid, for who cannot be told.
    private const uint Nobody = 65534;

    private readonly DaemonSettings _settings;
    private readonly Generator _generator;
    private readonly RandomDevice _device;
    private readonly StatusReporter _reporter;
    private readonly Lazy<DeviceService> _devices;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConnectionPlaces _places = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;

    public ControlService(
        DaemonSettings settings,
        Generator generator,
        RandomDevice device,
        Lazy<DeviceService> devices,
        HardwareRngService hardware,
        ILogger logger)
    {
        _settings = settings;
        _generator = generator;
        _device = device;
        _logger = logger;
        _devices = devices;
        _reporter = new StatusReporter(generator, device, () => devices.Value.Transport is { } transport
            ? (transport.Kind, transport.Paths)
            : ("none", []), () => devices.Value.Events?.GetStatus() ?? [], () => hardware.Status);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener = ControlSocket.Listen(_settings.Socket);
        _accepting = AcceptAsync(_listener);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_listener is null)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Dispose();
        DeleteSocket();
        _listener = null;
        await _accepting;
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _stop.Dispose();
    }

    // In a directory of root's that the daemon is not any more, whoever stayed root does it (ServiceUser).
    private void DeleteSocket()
    {
        try
        {
            File.Delete(_settings.Socket);
        }
        catch (UnauthorizedAccessException) when (_settings.User.Length > 0)
        {
            return;
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                try
                {
                    Admit(await listener.AcceptAsync(_stop.Token));
                }
                catch (SocketException error)
                {
                    // Out of descriptors or memory: that passes.
                    Log.ControlConnectionFailed(_logger, error.Message);
                    await Task.Delay(s_recovery, _stop.Token);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The daemon stops.
        }
    }

    // At once, so that who has no place keeps nobody waiting in the backlog.
    private void Admit(Socket socket)
    {
        PeerCredentials? peer = PeerCredentials.Of(socket);
        uint? user = peer is { } known && CallerPrivilege.HasSysAdmin(known.ProcessId, known.UserId) ? null : peer?.UserId ?? Nobody;
        if (_places.Take(user) is { } refusal)
        {
            using (socket)
            {
                ControlChannel.TurnAway(socket, refusal, "end some of them; those that say nothing end by themselves");
            }
        }
        else
        {
            _ = ServeAsync(socket, user);
        }
    }

    private async Task ServeAsync(Socket socket, uint? user)
    {
        try
        {
            using (socket)
            {
                await new ControlConnection(new ControlChannel(socket), _generator, _device, _reporter, () => _devices.Value.Events).RunAsync(_stop.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // A client that goes away or falls silent is no event of the daemon.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Log.ControlConnectionFailed(_logger, error.Message);
        }
        finally
        {
            _places.Release(user);
        }
    }
}
