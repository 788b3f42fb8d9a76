// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using Tmds.Linux;

namespace LrngCuse.Interop;

/// <summary>A descriptor that another thread makes ready (eventfd).</summary>
internal sealed unsafe class WakeUp : IDisposable
{
    internal WakeUp()
    {
        File = LibC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK);
        if (File < 0)
        {
            throw new CommandException("no descriptor for a thread that waits for events", "raise the limit of open files (LimitNOFILE)");
        }
    }

    internal int File { get; private set; }

    internal void Signal()
    {
        ulong one = 1;
        _ = LibC.write(File, &one, sizeof(ulong));
    }

    internal void Clear()
    {
        ulong count;
        _ = LibC.read(File, &count, sizeof(ulong));
    }

    public void Dispose()
    {
        if (File >= 0)
        {
            _ = LibC.close(File);
            File = -1;
        }
    }
}
