// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Transports;

namespace LrngCuse.Tests.Transports;

[TestFixture]
internal sealed class DeviceNameTests
{
    [TestCase("lrng-random", "lrng-urandom")]
    [TestCase("random2", "random2-urandom")]
    [TestCase("x", "x-urandom")]
    [TestCase("a.b_C-9", "a.b_C-9-urandom")]
    public void Accepted(string name, string urandom) => Assert.That(DeviceName.Parse(name), Is.EqualTo(new DeviceName(name, urandom)));

    [TestCase("")]
    [TestCase("../x")]
    [TestCase("a/b")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("-x")]
    [TestCase("a b")]
    [TestCase("a\nb")]
    [TestCase("ä")]
    [TestCase("a=b")]
    public void Refused(string name) => AssertRefused(name);

    [Test]
    public void The_length_has_a_limit_and_the_message_stays_short()
    {
        Assert.That(DeviceName.Parse(new string('a', 64)).Random, Has.Length.EqualTo(64));
        AssertRefused(new string('a', 65));
        AssertRefused(new string('a', 300));
    }

    private static void AssertRefused(string name)
    {
        CommandException error = Assert.Throws<CommandException>(() => DeviceName.Parse(name));
        Assert.That(error.ExitCode, Is.EqualTo(ExitCodes.Usage));
        Assert.That(error.Message, Does.StartWith("device name '").And.Length.LessThan(150));
    }
}
