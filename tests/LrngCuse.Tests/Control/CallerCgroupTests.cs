// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Control;

namespace LrngCuse.Tests.Control;

[TestFixture]
internal sealed class CallerCgroupTests
{
    private string _proc = "";

    [SetUp]
    public void MakeProc() => _proc = Directory.CreateTempSubdirectory("lrng-proc").FullName;

    [TearDown]
    public void RemoveProc() => Directory.Delete(_proc, recursive: true);

    [TestCase("0::/machine.slice/libpod-1.scope/container", "/machine.slice/libpod-1.scope", TestName = "podman, systemd")]
    [TestCase("0::/system.slice/docker-1.scope", "/system.slice/docker-1.scope", TestName = "docker, systemd")]
    [TestCase("0::/docker/1", "/docker/1", TestName = "docker, cgroupfs")]
    [TestCase("0::/kubepods/burstable/pod1/2/3/4", "/kubepods/burstable/pod1/2", TestName = "kubernetes, cgroupfs")]
    [TestCase(
        "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice/cri-containerd-2.scope",
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice/cri-containerd-2.scope",
        TestName = "kubernetes, systemd")]
    [TestCase(
        "0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-1.scope",
        "/user.slice/user-1000.slice/user@1000.service",
        TestName = "all of a user's containers are the user's")]
    [TestCase("0::/", "/", TestName = "the root of the unified hierarchy")]
    [TestCase("12:pids:/a\n1:name=systemd:/docker/1\n0::/", "/docker/1", TestName = "both hierarchies, processes in the old one")]
    [TestCase("12:pids:/a\n1:name=systemd:/b\n0::/c", "/c", TestName = "both hierarchies, processes in the new one")]
    [TestCase("4:memory:/docker/1\n3:cpu:/docker/2", "/docker/1", TestName = "the old hierarchy without systemd")]
    [TestCase("4:memory:/jail/1\n1:name=systemd:/\n0::/", "/jail/1", TestName = "an old hierarchy that systemd does not use")]
    [TestCase("12:pids:/a0::/b\n1:name=systemd:/docker/1", "/docker/1", TestName = "a name that looks like the unified hierarchy")]
    [TestCase("0::/../../else", "/../../else", TestName = "outside of the daemon's cgroup namespace")]
    [TestCase("", "unknown", TestName = "a kernel without cgroups")]
    public void The_cgroup_is_cut_to_what_those_inside_cannot_make(string text, string expected)
    {
        string thread = Directory.CreateDirectory(Path.Combine(_proc, "7")).FullName;
        File.WriteAllText(Path.Combine(thread, "cgroup"), text);
        Assert.That(CallerCgroup.Of(7, _proc), Is.EqualTo(expected));
    }

    [TestCase(0, TestName = "a caller of another pid namespace")]
    [TestCase(8, TestName = "a caller that is gone")]
    public void Who_cannot_be_seen_is_unknown(int thread) => Assert.That(CallerCgroup.Of(thread, _proc), Is.EqualTo("unknown"));
}
