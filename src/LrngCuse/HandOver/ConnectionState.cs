// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// What one daemon leaves to the next beside the descriptors of the devices, in a memory file:
//
//   8 bytes  "LRNG-CON"
//   u32      version
//   u32      major number of the devices; 0 for a mount
//   u32      number of connections: 2, of the blocking device and of the nonblocking one, or 1, of the mount
//   then of each:
//   u32, ... length and text of the name (UTF-8)
//   u64      files opened so far
//   u32, ... length and bytes of the kernel's first request
//   u32      number of requests that wait; of each: u32, ... length and bytes
//   u32      number of nodes; of each: u32, ... length and text of the path (UTF-8)
//
// Numbers are little-endian. The requests go to libfuse as if they came from the kernel, which it trusts, so they are checked here.

using System.Text;

namespace LrngCuse.HandOver;

/// <summary>The state of both devices, or of the mount, at a hand-over.</summary>
internal sealed record ConnectionState(uint Major, IReadOnlyList<SessionState> Sessions)
{
    /// <summary>To be raised with every change of the format.</summary>
    internal const uint Version = 2;

    // A hundred thousand readers that wait, and some.
    internal const int MaximumBytes = 16 << 20;

    /// <summary>In place of the major number.</summary>
    internal const uint Mount = 0;

    private const uint MaximumSessions = 2;

    /// <summary>How many requests wait.</summary>
    internal int Waiting => Sessions.Sum(session => session.Waiting.Count);

    private static ReadOnlySpan<byte> Magic => "LRNG-CON"u8;

    internal byte[] Encode()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(Major);
        writer.Write(Sessions.Count);
        foreach (SessionState session in Sessions)
        {
            Write(writer, session);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">Says what is wrong with it.</exception>
    internal static ConnectionState Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new StateReader(bytes);
        if (!reader.Take(Magic.Length, "the mark").SequenceEqual(Magic))
        {
            throw new InvalidDataException("it does not begin with LRNG-CON");
        }

        uint version = reader.TakeNumber("the version");
        if (version != Version)
        {
            throw new InvalidDataException($"it has version {version}, this program knows {Version}");
        }

        uint major = reader.TakeNumber("the major number");
        uint count = reader.TakeNumber("the number of connections");
        if (count > MaximumSessions)
        {
            throw new InvalidDataException($"it has {count} connections");
        }

        var sessions = new List<SessionState>();
        for (uint i = 0; i < count; i++)
        {
            sessions.Add(TakeSession(ref reader));
        }

        return reader.AtEnd ? new ConnectionState(major, sessions) : throw new InvalidDataException("it does not end where it should");
    }

    private static void Write(BinaryWriter writer, SessionState session)
    {
        Write(writer, Encoding.UTF8.GetBytes(session.Name));
        writer.Write(session.LastFile);
        Write(writer, session.Opening);
        Write(writer, session.Waiting);
        Write(writer, [.. session.Nodes.Select(Encoding.UTF8.GetBytes)]);
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<byte[]> several)
    {
        writer.Write(several.Count);
        foreach (byte[] bytes in several)
        {
            Write(writer, bytes);
        }
    }

    private static void Write(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static SessionState TakeSession(ref StateReader reader)
    {
        string name = Encoding.UTF8.GetString(reader.TakeCounted("the name"));
        ulong lastFile = reader.TakeLongNumber("the number of files");
        byte[] opening = reader.TakeCounted("the first request").ToArray();
        FuseMessage.CheckOpening(opening);
        IReadOnlyList<byte[]> waiting = TakeSeveral(ref reader, "a request");
        foreach (byte[] message in waiting)
        {
            FuseMessage.CheckWaiting(message);
        }

        return new SessionState(
            name, lastFile, opening, waiting, [.. TakeSeveral(ref reader, "a path").Select(Encoding.UTF8.GetString)]);
    }

    private static List<byte[]> TakeSeveral(ref StateReader reader, string what)
    {
        uint count = reader.TakeNumber($"the number before {what}");
        var several = new List<byte[]>();
        for (uint i = 0; i < count; i++)
        {
            several.Add(reader.TakeCounted(what).ToArray());
        }

        return several;
    }
}
