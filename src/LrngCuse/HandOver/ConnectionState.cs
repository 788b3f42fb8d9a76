// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// What one daemon leaves to the next beside the descriptors of the devices, in a memory file:
//
//   8 bytes  "LRNG-CON"
//   u32      version
//   u32      major number of the devices
//   then of the blocking device and of the nonblocking one:
//   u32, ... length and text of the name (UTF-8)
//   u64      files opened so far
//   u32, ... length and bytes of the kernel's first request
//   u32      number of requests that wait; of each: u32, ... length and bytes
//
// Numbers are little-endian. The requests go to libfuse as if they came from the kernel, which it trusts, so they are checked here.

using System.Text;

namespace LrngCuse.HandOver;

/// <summary>The state of both devices at a hand-over.</summary>
internal sealed record ConnectionState(uint Major, DeviceState Random, DeviceState Urandom)
{
    /// <summary>To be raised with every change of the format.</summary>
    internal const uint Version = 1;

    // A hundred thousand readers that wait, and some.
    internal const int MaximumBytes = 16 << 20;

    private static ReadOnlySpan<byte> Magic => "LRNG-CON"u8;

    internal byte[] Encode()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(Major);
        Write(writer, Random);
        Write(writer, Urandom);
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
        var state = new ConnectionState(major, TakeDevice(ref reader), TakeDevice(ref reader));
        return reader.AtEnd ? state : throw new InvalidDataException("it does not end where it should");
    }

    private static void Write(BinaryWriter writer, DeviceState device)
    {
        Write(writer, Encoding.UTF8.GetBytes(device.Name));
        writer.Write(device.LastFile);
        Write(writer, device.Opening);
        writer.Write(device.Waiting.Count);
        foreach (byte[] message in device.Waiting)
        {
            Write(writer, message);
        }
    }

    private static void Write(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static DeviceState TakeDevice(ref StateReader reader)
    {
        string name = Encoding.UTF8.GetString(reader.TakeCounted("the name"));
        ulong lastFile = reader.TakeLongNumber("the number of files");
        byte[] opening = reader.TakeCounted("the first request").ToArray();
        FuseMessage.CheckOpening(opening);
        uint count = reader.TakeNumber("the number of requests");
        var waiting = new List<byte[]>();
        for (uint i = 0; i < count; i++)
        {
            byte[] message = reader.TakeCounted("a request").ToArray();
            FuseMessage.CheckWaiting(message);
            waiting.Add(message);
        }

        return new DeviceState(name, lastFile, opening, waiting);
    }
}
