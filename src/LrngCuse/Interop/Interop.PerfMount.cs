// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using Tmds.Linux;

namespace LrngCuse.Interop;

/// <summary>A mount attached to no directory: nobody else sees it, and it is gone when its descriptor is closed.</summary>
internal static unsafe class DetachedMount
{
    // System call numbers that are the same on every architecture since 5.2.
    private const int FsOpenNumber = 430;
    private const int FsConfigNumber = 431;
    private const int FsMountNumber = 432;

    private const uint FSOPEN_CLOEXEC = 1;
    private const uint FSCONFIG_CMD_CREATE = 6;
    private const uint FSMOUNT_CLOEXEC = 1;

    /// <returns>Descriptor of its root directory, or a negative errno.</returns>
    internal static int Open(string fileSystem)
    {
        int context;
        fixed (byte* name = NativePath.Of(fileSystem))
        {
            context = (int)LibC.syscall(FsOpenNumber, name, FSOPEN_CLOEXEC);
        }

        if (context < 0)
        {
            return -LibC.errno;
        }

        int result = (int)LibC.syscall(FsConfigNumber, context, FSCONFIG_CMD_CREATE, (void*)null, (void*)null, 0);
        if (result == 0)
        {
            result = (int)LibC.syscall(FsMountNumber, context, FSMOUNT_CLOEXEC, 0);
        }

        int error = LibC.errno;
        _ = LibC.close(context);
        return result < 0 ? -error : result;
    }
}
