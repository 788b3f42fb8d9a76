// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Net.Sockets;
using System.Text;
using Tmds.Linux;

namespace LrngCuse.Tests.Sampling;

/// <summary>A real datagram socket in the service manager's place.</summary>
internal sealed unsafe class ManagerSocket : IDisposable
{
    // A message that does not come ends the test.
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };

    internal ManagerSocket(string address) =>
        _socket.Bind(new UnixDomainSocketEndPoint(address.StartsWith('@') ? '\0' + address[1..] : address));

    /// <summary>Takes a message; the descriptor is -1 if none came along, else the caller's.</summary>
    internal (string Text, int File) Receive()
    {
        byte[] text = new byte[4096];
        byte* control = stackalloc byte[64];
        fixed (byte* start = text)
        {
            var vector = new iovec { iov_base = start, iov_len = (size_t)text.Length };
            var message = new msghdr { msg_iov = &vector, msg_iovlen = 1, msg_control = control, msg_controllen = 64 };
            long got = (long)LibC.recvmsg((int)_socket.SafeHandle.DangerousGetHandle(), &message, LibC.MSG_CMSG_CLOEXEC);
            Assert.That(got, Is.Positive, "a message");
            bool hasFile = (ulong)message.msg_controllen >= 20;

            // SOL_SOCKET, SCM_RIGHTS
            Assert.That(!hasFile || (((int*)control)[2], ((int*)control)[3]) == (1, 1), Is.True);
            return (Encoding.ASCII.GetString(text, 0, (int)got), hasFile ? ((int*)control)[4] : -1);
        }
    }

    public void Dispose() => _socket.Dispose();
}
