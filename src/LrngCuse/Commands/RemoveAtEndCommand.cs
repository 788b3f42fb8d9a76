// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Runtime.InteropServices;
using LrngCuse.Interop;

namespace LrngCuse.Commands;

/// <summary>lrng remove-at-end: the part of a daemon that stays root (<see cref="Hosting.ServiceUser"/>). Waits until its standard input
/// ends, which is when the daemon does, and removes what that cannot.</summary>
internal static class RemoveAtEndCommand
{
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
        while (input.Read(new byte[1]) > 0)
        {
        }

        Detach(mount);
        File.Delete(socket);
        return ExitCodes.Success;
    }

    // Only what the daemon left: a mount that nobody serves any more.
    private static unsafe void Detach(string mount)
    {
        const int MntDetach = 2;
        if (Transports.Mount.MountPoint.IsLeftOver(mount))
        {
            fixed (byte* target = NativePath.Of(mount))
            {
                _ = NativeLibC.umount2(target, MntDetach);
            }
        }
    }
}
