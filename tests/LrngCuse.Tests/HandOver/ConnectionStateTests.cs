// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using LrngCuse.HandOver;

namespace LrngCuse.Tests.HandOver;

/// <summary>What a daemon leaves to the next one is read back as it was written, and nothing else is accepted.</summary>
[TestFixture]
internal sealed class ConnectionStateTests
{
    // Where the version stands; before it the mark.
    private const int VersionOffset = 8;

    [Test]
    public void It_is_read_as_it_was_written()
    {
        ConnectionState written = Example();
        ConnectionState read = ConnectionState.Decode(written.Encode());

        Assert.That((read.Major, read.Sessions.Count, read.Waiting), Is.EqualTo((121u, 2, 3)));
        AssertEqual(read.Sessions[0], written.Sessions[0]);
        AssertEqual(read.Sessions[1], written.Sessions[1]);
    }

    [Test]
    public void A_mount_has_the_paths_of_its_nodes()
    {
        SessionState mount = Session("/run/lrng/fs", Messages.Read(1)) with { Opening = Messages.OpeningOfMount(), Nodes = ["", "random", "sys/uuid"] };
        ConnectionState read = ConnectionState.Decode(new ConnectionState(ConnectionState.Mount, [mount]).Encode());

        Assert.That((read.Major, read.Sessions.Count), Is.EqualTo((ConnectionState.Mount, 1)));
        AssertEqual(read.Sessions[0], mount);
    }

    [Test]
    public void More_connections_than_there_can_be_are_refused()
    {
        var state = new ConnectionState(121, [Session("a"), Session("b"), Session("c")]);
        Assert.That(() => ConnectionState.Decode(state.Encode()), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("it has 3 connections"));
    }

    [Test]
    public void What_is_cut_off_is_refused_wherever_it_ends()
    {
        byte[] whole = Example().Encode();
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.That(() => ConnectionState.Decode(whole.AsSpan(0, length)), Throws.TypeOf<InvalidDataException>(), $"{length} bytes");
        }
    }

    [Test]
    public void What_is_longer_is_refused() =>
        Assert.That(() => ConnectionState.Decode([.. Example().Encode(), 0]), Throws.TypeOf<InvalidDataException>());

    [Test]
    public void A_changed_byte_is_refused_or_makes_another_state_and_nothing_else()
    {
        byte[] whole = Example().Encode();
        for (int place = 0; place < whole.Length; place++)
        {
            foreach (byte change in new byte[] { 0x01, 0x80, 0xff })
            {
                byte[] changed = [.. whole];
                changed[place] ^= change;
                try
                {
                    Assert.That(ConnectionState.Decode(changed).Encode(), Has.Length.InRange(whole.Length - 1, whole.Length + 16));
                }
                catch (InvalidDataException)
                {
                    // As it should be.
                }
            }
        }
    }

    [Test]
    public void Another_version_is_named()
    {
        byte[] newer = Example().Encode();
        BinaryPrimitives.WriteUInt32LittleEndian(newer.AsSpan(VersionOffset), ConnectionState.Version + 1);
        Assert.That(
            () => ConnectionState.Decode(newer),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("it has version 3, this program knows 2"));
    }

    [Test]
    public void Anything_else_is_not_taken_for_one() => Assert.That(
        () => ConnectionState.Decode(new byte[4096]), Throws.TypeOf<InvalidDataException>().With.Message.Contains("LRNG-CON"));

    [Test]
    public void A_request_that_never_waits_is_refused()
    {
        var state = new ConnectionState(121, [Session("r", Messages.Write(100)), Session("u")]);
        Assert.That(() => ConnectionState.Decode(state.Encode()), Throws.TypeOf<InvalidDataException>().With.Message.Contains("none that waits"));
    }

    [Test]
    public void It_outlives_its_file_name()
    {
        byte[] content = Example().Encode();
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = StateFile.Create(content);
        Assert.That(StateFile.Read(file), Is.EqualTo(content));
    }

    [Test]
    public void A_file_that_is_too_large_is_not_read()
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = StateFile.Create([]);
        RandomAccess.SetLength(file, ConnectionState.MaximumBytes + 1L);
        Assert.That(() => StateFile.Read(file), Throws.TypeOf<InvalidDataException>());
    }

    private static ConnectionState Example() => new(
        121,
        [Session("lrng-random", Messages.Read(1), Messages.Ioctl(2, inputBytes: 16), Messages.Read(3)), Session("lrng-urandom")]);

    private static SessionState Session(string name, params byte[][] waiting) => new(name, 1234567890123, Messages.Opening(), waiting, []);

    private static void AssertEqual(SessionState read, SessionState written)
    {
        Assert.That((read.Name, read.LastFile), Is.EqualTo((written.Name, written.LastFile)));
        Assert.That(read.Opening, Is.EqualTo(written.Opening));
        Assert.That(read.Waiting, Is.EqualTo(written.Waiting));
        Assert.That(read.Nodes, Is.EqualTo(written.Nodes));
    }
}
