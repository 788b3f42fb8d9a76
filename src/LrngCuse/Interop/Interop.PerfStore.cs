// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using Tmds.Linux;

namespace LrngCuse.Interop;

/// <summary>A datagram that takes a descriptor along (SCM_RIGHTS), which the platform's sockets cannot send.</summary>
internal static unsafe class DescriptorMessage
{
    private const int SOL_SOCKET = 1;
    private const int SCM_RIGHTS = 1;

    // struct cmsghdr { size_t cmsg_len; int cmsg_level; int cmsg_type; } and one int, padded to CMSG_SPACE(sizeof(int)).
    private const int HeaderBytes = 16;
    private const int ControlBytes = 24;

    /// <returns>0 or a negative errno.</returns>
    internal static int Send(int socket, ReadOnlySpan<byte> text, int file)
    {
        byte* control = stackalloc byte[ControlBytes];
        *(ulong*)control = HeaderBytes + sizeof(int);
        ((int*)control)[2] = SOL_SOCKET;
        ((int*)control)[3] = SCM_RIGHTS;
        ((int*)control)[4] = file;
        ((int*)control)[5] = 0;
        fixed (byte* start = text)
        {
            var vector = new iovec { iov_base = start, iov_len = (size_t)text.Length };
            var message = new msghdr { msg_iov = &vector, msg_iovlen = 1, msg_control = control, msg_controllen = ControlBytes };
            long sent;
            do
            {
                sent = (long)LibC.sendmsg(socket, &message, LibC.MSG_NOSIGNAL);
            }
            while (sent < 0 && LibC.errno == Linux.EINTR);
            return sent < 0 ? -LibC.errno : 0;
        }
    }
}
