// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.HandOver;
using LrngCuse.Interop;
using LrngCuse.Tests.Interop;

namespace LrngCuse.Tests.HandOver;

/// <summary>libfuse gets no request that is shorter than it reads.</summary>
[TestFixture]
internal sealed class FuseMessageTests
{
    private static readonly TestCaseData[] s_refused =
    [
        new TestCaseData(Array.Empty<byte>()).SetArgDisplayNames("nothing"),
        new TestCaseData(new byte[39]).SetArgDisplayNames("less than a header"),
        new TestCaseData(Messages.Read(1)[..^1]).SetArgDisplayNames("shorter than it says"),
        new TestCaseData((byte[])[.. Messages.Read(1), 0]).SetArgDisplayNames("longer than it says"),
        new TestCaseData(Messages.Message(Linux.FUSE_READ, 1, new byte[39])).SetArgDisplayNames("a read without all of its arguments"),
        new TestCaseData(Messages.Message(Linux.FUSE_IOCTL, 1, new byte[31])).SetArgDisplayNames("an ioctl without all of its arguments"),
        new TestCaseData(Messages.Ioctl(1, inputBytes: 17, carried: 16)).SetArgDisplayNames("an ioctl with less input than it says"),
        new TestCaseData(Messages.Ioctl(1, inputBytes: uint.MaxValue, carried: 0)).SetArgDisplayNames("an ioctl that says 4 GiB"),
        new TestCaseData(Messages.Write(1)).SetArgDisplayNames("a write"),
        new TestCaseData(Messages.Opening()).SetArgDisplayNames("the first request"),
    ];

    [TestCaseSource(nameof(s_refused))]
    public void It_is_no_request_that_waits(byte[] message) =>
        Assert.That(() => FuseMessage.CheckWaiting(message), Throws.TypeOf<InvalidDataException>());

    [Test]
    public void Reads_and_ioctls_wait()
    {
        Assert.That(() => FuseMessage.CheckWaiting(Messages.Read(1)), Throws.Nothing);
        Assert.That(() => FuseMessage.CheckWaiting(Messages.Ioctl(1, inputBytes: 16)), Throws.Nothing);
    }

    [Test]
    public void The_first_request_is_CUSE_INIT_with_its_arguments()
    {
        Assert.That(() => FuseMessage.CheckOpening(Messages.Opening()), Throws.Nothing);
        Assert.That(() => FuseMessage.CheckOpening(Messages.Message(Linux.CUSE_INIT, 1, new byte[15])), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => FuseMessage.CheckOpening(Messages.Read(1)), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void The_first_request_of_a_mount_is_FUSE_INIT_with_the_arguments_that_it_announces()
    {
        Assert.That(() => FuseMessage.CheckOpening(Messages.OpeningOfMount()), Throws.Nothing);
        Assert.That(() => FuseMessage.CheckOpening(Messages.OpeningOfMount(flags: 0, bodyBytes: 16)), Throws.Nothing);
        Assert.That(() => FuseMessage.CheckOpening(Messages.OpeningOfMount(bodyBytes: 60)), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void Lengths_are_those_of_the_header()
    {
        (string Expression, int Bytes)[] sizes =
        [
            ("sizeof(struct fuse_in_header)", Messages.Message(0, 0, []).Length),
            ("sizeof(struct cuse_init_in)", 16),
            ("sizeof(struct fuse_init_in)", Messages.OpeningOfMount().Length - Messages.Message(0, 0, []).Length),
            ("offsetof(struct fuse_init_in, flags)", 12),
            ("sizeof(struct fuse_read_in)", 40),
            ("sizeof(struct fuse_ioctl_in)", 32),
            ("offsetof(struct fuse_ioctl_in, in_size)", 24),
            ("offsetof(struct fuse_in_header, opcode)", 4),
        ];
        Dictionary<string, long> actual = SystemHeaders.Evaluate(
            "#include <linux/fuse.h>\n#include <stddef.h>\n#include <stdio.h>", sizes.Select(size => size.Expression));
        Assert.That(actual, Is.EqualTo(sizes.ToDictionary(size => size.Expression, size => (long)size.Bytes)));
    }
}
