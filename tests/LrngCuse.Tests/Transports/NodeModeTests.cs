// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Transports;

namespace LrngCuse.Tests.Transports;

internal sealed class NodeModeTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    private DirectoryInfo _directory = null!;
    private string _node = null!;

    [SetUp]
    public void MakeNode()
    {
        _directory = Directory.CreateTempSubdirectory("lrng-node");
        _node = Path.Combine(_directory.FullName, "lrng-random");
        File.WriteAllBytes(_node, []);
        File.SetUnixFileMode(_node, Owner);
    }

    [TearDown]
    public void RemoveNode() => _directory.Delete(recursive: true);

    [Test]
    public void A_node_that_has_its_mode_already_is_not_waited_for()
    {
        File.SetUnixFileMode(_node, Owner | Group | Others);
        Assert.That(NodeMode.WaitUntil(_node, Owner | Group | Others, TimeSpan.Zero), Is.True);
    }

    [Test]
    public async Task The_wait_ends_when_the_mode_is_there()
    {
        Task<bool> wait = Task.Run(() => NodeMode.WaitUntil(_node, Owner | Group | Others, s_long));
        File.SetUnixFileMode(_node, Owner | Group);
        File.SetUnixFileMode(_node, Owner | Group | UnixFileMode.OtherRead);
        Assert.That(wait.IsCompleted, Is.False);
        File.SetUnixFileMode(_node, Owner | Group | Others);
        Assert.That(await wait, Is.True);
    }

    [Test]
    public void It_is_given_up_when_nobody_sets_the_mode() =>
        Assert.That(NodeMode.WaitUntil(_node, Owner | Group | Others, TimeSpan.FromMilliseconds(20)), Is.False);

    [Test]
    public void A_node_that_is_gone_is_an_error() =>
        Assert.That(() => NodeMode.WaitUntil(_node + "x", Owner, s_long), Throws.InstanceOf<IOException>());
}
