// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Runtime.InteropServices;
using LrngCuse.Hosting;
using LrngCuse.Transports.Mount;

namespace LrngCuse.Commands;

/// <summary>lrng remove-at-end: the part of a daemon that stays root (<see cref="Hosting.ServiceUser"/>). Waits until its standard input
/// ends, which is when the daemon does, and removes what that cannot. The last byte that came says what becomes of the mount: without
/// one it is somebody else's, and may have nobody who answers who looks at it.</summary>
internal static class RemoveAtEndCommand
{
    internal const byte Own = (byte)'o';
    internal const byte Leave = (byte)'l';

    internal static Command Create()
    {
        var mount = new Argument<string>("MOUNT");
        var socket = new Argument<string>("SOCKET");
        var command = new Command("remove-at-end", "Wait for the end of stdin, then remove a mount of the daemon and its socket.")
        {
            mount, socket,
        };
        command.Hidden = true;
        command.SetAction(parsed => Run(parsed.GetValue(mount)!, parsed.GetValue(socket)!));
        return command;
    }

    private static int Run(string mount, string socket)
    {
        // Signals of a terminal reach the daemon as well, which ends in its own time.
        static void Ignore(PosixSignalContext context) => context.Cancel = true;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ignore);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ignore);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ignore);
        using Stream input = Console.OpenStandardInput();
        int last = 0;
        for (int next = input.ReadByte(); next >= 0; next = input.ReadByte())
        {
            last = next;
        }

        if (last == Own)
        {
            Detach(mount);
        }
        else if (last == Leave && !ServiceJob.GoesOn())
        {
            MountPoint.Remove(mount);
        }

        File.Delete(socket);
        return ExitCodes.Success;
    }

    // A mount that nobody serves any more: another daemon may have mounted there meanwhile.
    private static void Detach(string mount)
    {
        if (MountPoint.IsLeftOver(mount))
        {
            MountPoint.Remove(mount);
        }
    }
}
