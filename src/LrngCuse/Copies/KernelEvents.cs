// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using Tmds.Linux;

namespace LrngCuse.Copies;

/// <summary>The kernel's events (netlink, kobject_uevent), of which one tells that a hypervisor changed the generation of the machine.</summary>
internal sealed unsafe class KernelEvents : IDisposable
{
    /// <summary>Its name in systemd's store of descriptors.</summary>
    internal const string HandedOverName = "kernel-events";

    private const int Netlink = 16;
    private const int KobjectUevent = 15;
    private const uint KernelGroup = 1;

    // More than any event has: UEVENT_BUFFER_SIZE and the path.
    private const int LargestEvent = 8192;

    private KernelEvents(int file) => File = file;

    internal int File { get; }

    /// <summary>Subscribes to them, for which nobody needs a privilege; a filter of address families may be in the way.</summary>
    /// <param name="errno">Why not.</param>
    internal static KernelEvents? Open(out int errno)
    {
        int file = LibC.socket(Netlink, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, KobjectUevent);
        var address = new NetlinkAddress { Family = Netlink, Groups = KernelGroup };
        if (file < 0 || LibC.bind(file, (sockaddr*)&address, sizeof(NetlinkAddress)) < 0)
        {
            errno = LibC.errno;
            Close(file);
            return null;
        }

        errno = 0;
        return new KernelEvents(file);
    }

    /// <summary>One that somebody else opened. Programs that the daemon starts do not get it.</summary>
    internal static KernelEvents Of(int file)
    {
        _ = LibC.fcntl(file, LibC.F_SETFD, LibC.FD_CLOEXEC);
        return new KernelEvents(file);
    }

    /// <summary>Takes what is there.</summary>
    /// <returns>Whether one of the events says that the machine was copied.</returns>
    internal bool TakeCopied()
    {
        byte* buffer = stackalloc byte[LargestEvent];
        bool copied = false;
        while (true)
        {
            NetlinkAddress sender = default;
            socklen_t length = (uint)sizeof(NetlinkAddress);
            long bytes = (long)LibC.recvfrom(File, buffer, LargestEvent, 0, (sockaddr*)&sender, &length);
            if (bytes < 0 && LibC.errno == Interop.Linux.EINTR)
            {
                continue;
            }

            // Events may be lost when very many come at once; they are those of devices that come and go.
            if (bytes < 0 && LibC.errno == LibC.ENOBUFS)
            {
                continue;
            }

            if (bytes <= 0)
            {
                return copied;
            }

            copied |= sender.Process == 0 && SaysCopied(new ReadOnlySpan<byte>(buffer, (int)bytes));
        }
    }

    /// <summary>Whether an event, strings that end with a zero, has the variable NEW_VMGENID.</summary>
    internal static bool SaysCopied(ReadOnlySpan<byte> text)
    {
        foreach (Range line in text.Split((byte)0))
        {
            if (text[line].StartsWith("NEW_VMGENID="u8))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => Close(File);

    private static void Close(int file)
    {
        if (file >= 0)
        {
            _ = LibC.close(file);
        }
    }

    // struct sockaddr_nl
    [StructLayout(LayoutKind.Sequential)]
    private struct NetlinkAddress
    {
        public ushort Family;
        public ushort Padding;
        public uint Process;
        public uint Groups;
    }
}
