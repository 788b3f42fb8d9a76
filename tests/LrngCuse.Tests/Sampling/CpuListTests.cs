// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Sampling;

namespace LrngCuse.Tests.Sampling;

/// <summary>The kernel's lists of CPUs.</summary>
[TestFixture]
internal sealed class CpuListTests
{
    [TestCase("0-3,8\n", new[] { 0, 1, 2, 3, 8 })]
    [TestCase("0\n", new[] { 0 })]
    [TestCase("", new int[0])]
    [TestCase("3-1,x,-,1-2-3,99999999999,4000000-4000001,7", new[] { 7 })]
    [TestCase("1,0-1", new[] { 0, 1 })]
    public void Numbers_and_ranges_are_understood(string text, int[] cpus) => Assert.That(CpuList.Parse(text), Is.EqualTo(cpus));
}
