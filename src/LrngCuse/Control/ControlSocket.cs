// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Net.Sockets;
using LrngCuse.Interop;
using Tmds.Linux;

namespace LrngCuse.Control;

/// <summary>The listening end: claimed from a dead daemon, never from a live one.</summary>
internal static class ControlSocket
{
    private const int Backlog = 128;

    // Read-only questions are for everybody; what changes something asks for the caller's privilege.
    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <exception cref="CommandException">A live daemon has it, or it cannot be created.</exception>
    internal static Socket Listen(string path)
    {
        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            RemoveStale(path);
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Bind(new UnixDomainSocketEndPoint(path));
                File.SetUnixFileMode(path, Everybody);
                socket.Listen(Backlog);
                return socket;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SocketException)
        {
            throw new CommandException(
                $"cannot listen on {path}: {error.Message}", "run as root, or name a path of yours with --socket");
        }
    }

    private static void RemoveStale(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        if (!IsSocket(path))
        {
            throw new CommandException($"{path} exists and is not a socket", "remove it, or name another path with --socket");
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionRefused)
        {
            // Its daemon is dead.
            File.Delete(path);
            return;
        }

        throw new CommandException($"another daemon is listening on {path}", "stop that one (lrng status says what it serves), or use --socket");
    }

    private static unsafe bool IsSocket(string path)
    {
        stat status;
        fixed (byte* name = NativePath.Of(path))
        {
            return LibC.stat(name, &status) == 0 && ((uint)status.st_mode & Linux.S_IFMT) == Linux.S_IFSOCK;
        }
    }
}
