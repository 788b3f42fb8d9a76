// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngCuse.Interop;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Hosting;

/// <summary>
/// The user that a daemon started as root becomes (<c>serve.user</c>) once it has the device or mount and the kernel's events, all
/// capabilities gone. What only root can remove in the end, a mount and a socket in root's directory, is left to a child process that stays
/// root and waits for the end of the daemon, in whatever way that comes.
/// </summary>
internal sealed class ServiceUser : IHostedService, IDisposable
{
    // Removing a mount takes milliseconds; a child that takes longer must not keep the daemon from ending.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Configuration.DaemonSettings _settings;
    private readonly ILogger _logger;
    private System.Diagnostics.Process? _remover;

    public ServiceUser(Configuration.DaemonSettings settings, ILogger logger)
    {
        _settings = settings;
        _logger = logger;
    }

    /// <exception cref="CommandException">There is no such user, or this process cannot become it.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_settings.User.Length == 0)
        {
            return Task.CompletedTask;
        }

        if (!Environment.IsPrivilegedProcess)
        {
            throw new CommandException(
                $"serve.user = {_settings.User}: only root can become another user", "leave it out, or start the daemon as root");
        }

        _ = Find(_settings.User);
        _remover = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(Environment.ProcessPath!, ["remove-at-end", _settings.Mount, _settings.Socket])
            {
                RedirectStandardInput = true,
            });
        return Task.CompletedTask;
    }

    /// <summary>The last to stop: nothing is in use any more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_remover is not null)
        {
            _remover.StandardInput.Close();
            using var patience = new CancellationTokenSource(s_patience);
            await _remover.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _remover?.Dispose();

    /// <summary>The mount is this daemon's: the child is to remove it in the end.</summary>
    internal void OwnMount() => _ = Tell(Commands.RemoveAtEndCommand.Own);

    /// <summary>The next daemon will go on with the mount: the child is to leave it, unless systemd starts none.</summary>
    /// <returns>False if nobody would remove it then.</returns>
    internal bool LeaveMount() =>
        _remover is not null ? Tell(Commands.RemoveAtEndCommand.Leave) : Environment.IsPrivilegedProcess && ServiceJob.GoesOn();

    private bool Tell(byte what)
    {
        if (_remover is null)
        {
            return true;
        }

        try
        {
            _remover.StandardInput.BaseStream.WriteByte(what);
            _remover.StandardInput.BaseStream.Flush();
            return true;
        }
        catch (IOException)
        {
            // Somebody has killed it.
            return false;
        }
    }

    /// <summary>Becomes the user for good. Everything that takes a privilege has been done.</summary>
    /// <exception cref="CommandException">The kernel refused it.</exception>
    internal unsafe void Become()
    {
        if (_settings.User.Length == 0)
        {
            return;
        }

        (uint user, uint group) = Find(_settings.User);
        fixed (byte* name = NativePath.Of(_settings.User))
        {
            Check(NativeLibC.initgroups(name, group), "initgroups");
        }

        Check(NativeLibC.setresgid(group, group, group), "setresgid");
        Check(NativeLibC.setresuid(user, user, user), "setresuid");

        // The kernel gives dumps back to whoever changes its user.
        Process.ForbidDumps();
        if (NativeLibC.setresuid(0, 0, 0) == 0)
        {
            throw new CommandException($"serve.user = {_settings.User}: root came back", "this should be impossible: report it");
        }

        Log.BecameUser(_logger, _settings.User, user, group);
    }

    private static unsafe (uint User, uint Group) Find(string name)
    {
        fixed (byte* bytes = NativePath.Of(name))
        {
            NativeLibC.passwd* entry = NativeLibC.getpwnam(bytes);
            if (entry is null)
            {
                throw new CommandException($"serve.user = {name}: there is no such user", $"useradd --system {name}", ExitCodes.Configuration);
            }

            return entry->pw_uid != 0
                ? (entry->pw_uid, entry->pw_gid)
                : throw new CommandException($"serve.user = {name}: is root", "name a user without privileges", ExitCodes.Configuration);
        }
    }

    private static void Check(int result, string call)
    {
        if (result != 0)
        {
            throw new CommandException(
                $"cannot give up privileges: {call}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}",
                "start the daemon with CAP_SETUID and CAP_SETGID");
        }
    }
}
