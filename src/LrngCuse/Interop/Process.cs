// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using Tmds.Linux;

namespace LrngCuse.Interop;

/// <summary>Settings of this process.</summary>
internal static class Process
{
    private static int PrctlNumber => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 157,
        Architecture.Arm64 => 167,
        _ => throw new PlatformNotSupportedException("x86-64 and arm64 only"),
    };

    /// <summary>No core dump, no ptrace by the same user (PR_SET_DUMPABLE 0).</summary>
    /// <exception cref="CommandException">The kernel refused it.</exception>
    internal static void ForbidDumps()
    {
        if ((long)LibC.syscall(PrctlNumber, Linux.PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        {
            throw new CommandException(
                $"cannot forbid core dumps: {Marshal.GetPInvokeErrorMessage(LibC.errno)}", "allow prctl in the system call filter");
        }
    }
}
