// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;

namespace LrngCuse.Tests.Device;

/// <summary>File flags of a read request; the octal values of fcntl.h in hexadecimal.</summary>
[TestFixture]
internal sealed class ReadModeTests
{
    private const uint NonBlock = 0x800;
    private const uint DataSync = 0x1000;
    private const uint Sync = 0x101000;

    [TestCase(0u, false, false)]
    [TestCase(NonBlock, true, false)]
    [TestCase(DataSync, false, false)]
    [TestCase(Sync, false, true)]
    [TestCase(Sync & ~DataSync, false, false)]
    [TestCase(Sync | NonBlock | 0x8002, true, true)]
    public void Flags(uint flags, bool nonBlocking, bool predictionResistant)
    {
        ReadMode mode = ReadMode.FromFileFlags(DeviceNode.Random, 5, flags);
        Assert.That(mode, Is.EqualTo(new ReadMode(DeviceNode.Random, 5, nonBlocking, predictionResistant)));
    }
}
