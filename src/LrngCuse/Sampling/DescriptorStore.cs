// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using LrngCuse.Interop;
using Tmds.Linux;

namespace LrngCuse.Sampling;

/// <summary>systemd's store of descriptors, which it gives to the service when that starts (sd_notify(3), FDSTORE=1).</summary>
internal sealed class DescriptorStore : IDisposable
{
    private static readonly TimeSpan s_barrierTime = TimeSpan.FromSeconds(5);

    private readonly Socket _socket;

    private DescriptorStore(Socket socket) => _socket = socket;

    private int File => (int)_socket.SafeHandle.DangerousGetHandle();

    /// <param name="address">Content of NOTIFY_SOCKET: a path, or a name that begins with @.</param>
    /// <exception cref="CommandException">There is nobody.</exception>
    internal static DescriptorStore Connect(string address)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(address.StartsWith('@') ? '\0' + address[1..] : address));
            return new DescriptorStore(socket);
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            socket.Dispose();
            throw new CommandException(
                $"cannot reach the service manager at {address}: {error.Message}", "NOTIFY_SOCKET is set by systemd with NotifyAccess=all");
        }
    }

    /// <summary>Stores a copy of a descriptor in place of what has its name. systemd does not watch it (FDPOLL=0): an event whose CPU goes
    /// away would otherwise vanish from the store.</summary>
    /// <exception cref="CommandException">The manager does not take it.</exception>
    internal void Store(string name, int file)
    {
        Remove(name);
        Check(DescriptorMessage.Send(File, Encoding.ASCII.GetBytes($"FDSTORE=1\nFDNAME={name}\nFDPOLL=0\n"), file));
    }

    /// <summary>Has the manager close its copies of what has this name. The copies of this process stay.</summary>
    /// <exception cref="CommandException">The manager does not take the message.</exception>
    internal void Remove(string name) => Check(SendText($"FDSTOREREMOVE=1\nFDNAME={name}\n"));

    /// <summary>Waits until the manager has read everything: it finds out who sent a message by the sender's process, which must live
    /// until then.</summary>
    /// <returns>False if it did not answer in time (systemd before 246 does not).</returns>
    internal bool WaitUntilTaken(IPerfCalls calls)
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        Check(DescriptorMessage.Send(File, "BARRIER=1"u8, (int)pipe.ClientSafePipeHandle.DangerousGetHandle()));
        pipe.DisposeLocalCopyOfClientHandle();

        // The manager closes its copy, the last one, when it has come to this message.
        pollfd[] files = [new pollfd { fd = (int)pipe.SafePipeHandle.DangerousGetHandle(), events = 0 }];
        return calls.Poll(files, s_barrierTime) > 0;
    }

    public void Dispose() => _socket.Dispose();

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new CommandException(
                $"the service manager does not take a descriptor: {Marshal.GetPInvokeErrorMessage(-result)}", "is it running?");
        }
    }

    private int SendText(string text)
    {
        try
        {
            _ = _socket.Send(Encoding.ASCII.GetBytes(text));
            return 0;
        }
        catch (SocketException error)
        {
            return -error.ErrorCode;
        }
    }
}
