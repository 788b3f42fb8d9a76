// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Transports;

namespace LrngCuse.Tests.Packaging;

/// <summary>The nodes of tmpfiles.d are those of the daemon's default number.</summary>
[TestFixture]
internal sealed class StaticNodesTests
{
    [TestCase("random", 0)]
    [TestCase("urandom", 1)]
    public void A_node_has_the_number_of_the_device(string name, int minor) => Assert.That(
        File.ReadLines(Repository.PathOf("packaging", "systemd", "tmpfiles.conf")),
        Has.One.EqualTo($"c /dev/lrng/{name} 0666 root root - {CuseTransport.DefaultMajor}:{minor}"));
}
