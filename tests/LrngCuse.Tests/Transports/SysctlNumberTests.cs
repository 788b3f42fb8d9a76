// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;
using LrngCuse.Transports.Mount;

namespace LrngCuse.Tests.Transports;

/// <summary>Numbers as proc_dointvec takes them.</summary>
[TestFixture]
internal sealed class SysctlNumberTests
{
    [TestCase("0", 0)]
    [TestCase("100\n", 100)]
    [TestCase(" \t7 \n", 7)]
    [TestCase("-1", -1)]
    [TestCase("0x1f", 31)]
    [TestCase("0X1F\n", 31)]
    [TestCase("017", 15)]
    [TestCase("2147483647", int.MaxValue)]
    [TestCase("5\0", 5)]
    public void Accepted(string text, int expected)
    {
        Assert.That(SysctlNumber.TryParse(Encoding.ASCII.GetBytes(text), out int value), Is.True);
        Assert.That(value, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("\n")]
    [TestCase("-")]
    [TestCase("--1")]
    [TestCase("+1")]
    [TestCase("1x")]
    [TestCase("1 2")]
    [TestCase("1\02")]
    [TestCase("0x")]
    [TestCase("08")]
    [TestCase("2147483648")]
    [TestCase("-2147483648")]
    [TestCase("18446744073709551616")]
    [TestCase("077777777777777777777777")]
    [TestCase("one")]
    public void Refused(string text) => Assert.That(SysctlNumber.TryParse(Encoding.ASCII.GetBytes(text), out _), Is.False);

    [Test]
    public void A_page_is_too_long() =>
        Assert.That(SysctlNumber.TryParse(Encoding.ASCII.GetBytes("1" + new string(' ', 4095)), out _), Is.False);
}
