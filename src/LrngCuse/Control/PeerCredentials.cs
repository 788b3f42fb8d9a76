// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Net.Sockets;
using System.Runtime.InteropServices;
using LrngCuse.Interop;

namespace LrngCuse.Control;

/// <summary>Who connected, as the kernel noted it then (SO_PEERCRED).</summary>
/// <param name="ProcessId">In this daemon's pid namespace.</param>
/// <param name="UserId">In this daemon's user namespace.</param>
internal readonly record struct PeerCredentials(int ProcessId, uint UserId)
{
    /// <summary>Null if the kernel does not say.</summary>
    internal static PeerCredentials? Of(Socket socket)
    {
        // struct ucred { pid_t pid; uid_t uid; gid_t gid; }
        Span<byte> credentials = stackalloc byte[12];
        if (socket.GetRawSocketOption(Linux.SOL_SOCKET, Linux.SO_PEERCRED, credentials) != credentials.Length)
        {
            return null;
        }

        ReadOnlySpan<int> fields = MemoryMarshal.Cast<byte, int>(credentials);
        return new PeerCredentials(fields[0], (uint)fields[1]);
    }
}
