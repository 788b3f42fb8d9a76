// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Net.Sockets;
using System.Text;
using LrngCuse.Journal;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Tests.Hosting;

/// <summary>The journal's native protocol, against a socket in the journal's place.</summary>
[TestFixture]
internal sealed class JournalTests
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"lrng-journal-{Environment.ProcessId}");

    [TearDown]
    public void Remove() => File.Delete(_path);

    [Test]
    public void A_line_has_its_named_values_as_fields() => Assert.That(
        Receive(logger => Log.BecameUser(logger, "lrng", 7, 8)),
        Is.EqualTo(
            "MESSAGE=the daemon is user lrng now, uid 7, gid 8, without capabilities\nPRIORITY=6\nSYSLOG_IDENTIFIER=lrng\n"
                + "MESSAGE_ID=9c8763306628436fa370c01e00000072\nLRNG_EVENT=114\nLRNG_NAME=lrng\nLRNG_USER=7\nLRNG_GROUP=8\n"));

    // A value of several lines is preceded by its length: nothing in it can be taken for another field.
    [Test]
    public void A_value_with_a_line_end_adds_no_field() => Assert.That(
        Receive(logger => Log.ControlConnectionFailed(logger, "a\nPRIORITY=0")),
        Is.EqualTo(
            "MESSAGE\n&\0\0\0\0\0\0\0control connection ended: a\nPRIORITY=0\nPRIORITY=4\nSYSLOG_IDENTIFIER=lrng\n"
                + "MESSAGE_ID=9c8763306628436fa370c01e0000006d\nLRNG_EVENT=109\nLRNG_REASON\n\f\0\0\0\0\0\0\0a\nPRIORITY=0\n"));

    [Test]
    public void What_nobody_takes_is_not_lost_and_harms_nobody()
    {
        using var provider = new JournalLoggerProvider(_path);
        Assert.That(provider.TrySend("MESSAGE=x\n"u8), Is.False);
        Assert.That(() => Log.ControlConnectionFailed(provider.CreateLogger("lrng"), "x"), Throws.Nothing);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("8:1")]
    [TestCase("nonsense")]
    public void A_stream_that_is_not_stderr_is_not_the_journal(string? stream) =>
        Assert.That(JournalLoggerProvider.IsJournal(stream), Is.False);

    private string Receive(Action<ILogger> log)
    {
        using var journal = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        journal.Bind(new UnixDomainSocketEndPoint(_path));
        using var provider = new JournalLoggerProvider(_path);
        log(provider.CreateLogger("lrng"));
        byte[] entry = new byte[4096];
        return Encoding.UTF8.GetString(entry, 0, journal.Receive(entry));
    }
}
