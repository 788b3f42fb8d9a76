// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Diagnosis;
using LrngCuse.Interop;

namespace LrngCuse.Tests.Diagnosis;

/// <summary>What is wrong is a finding with a fix, and what is right is one without.</summary>
[TestFixture]
internal sealed class MachineChecksTests
{
    private string _root = "";

    private MachineChecks Machine => new(_root);

    [SetUp]
    public void Make_a_machine() => _root = Directory.CreateTempSubdirectory().FullName;

    [TearDown]
    public void Remove_it() => Directory.Delete(_root, recursive: true);

    [TestCase("auto", 0, true, "cuse", null)]
    [TestCase("cuse", Linux.ENOENT, true, "cuse", "modprobe cuse")]
    [TestCase("cuse", Linux.ENODEV, true, "cuse", "install it for this kernel")]
    [TestCase("auto", Linux.EACCES, true, "cuse", "run as root")]
    [TestCase("auto", Linux.ENOENT, true, "fuse", null)]
    [TestCase("auto", Linux.ENOENT, false, "fuse", "modprobe cuse fuse")]
    [TestCase("fuse", 0, true, "fuse", null)]
    [TestCase("fuse", 0, false, "fuse", "modprobe cuse fuse")]
    public void Module_and_node(string transport, int cuseErrno, bool hasFuse, string subject, string? fix)
    {
        Finding finding = MachineChecks.Transport(transport, cuseErrno, hasFuse);
        Assert.That(finding.Subject, Is.EqualTo(subject));
        AssertFix(finding, fix);
    }

    [TestCase("tsc\n", null)]
    [TestCase("hpet\n", "notsc")]
    [TestCase("acpi_pm\n", "notsc")]
    public void Clock(string clock, string? fix)
    {
        Write("sys/devices/system/clocksource/clocksource0/current_clocksource", clock);
        AssertFix(Machine.Clock(creditsEvents: true), fix);
        AssertFix(Machine.Clock(creditsEvents: false), null);
    }

    [TestCase("-1\n", null)]
    [TestCase("3\n", null)]
    [TestCase(null, "CONFIG_PERF_EVENTS")]
    public void Perf(string? level, string? fix)
    {
        if (level is not null)
        {
            Write("proc/sys/kernel/perf_event_paranoid", level);
        }

        AssertFix(Machine.Perf(creditsEvents: true), fix);
        AssertFix(Machine.Perf(creditsEvents: false), null);
    }

    [TestCase("8388608", null)]
    [TestCase("unlimited", null)]
    [TestCase("65536", "ulimit -l 256")]
    public void Memory(string limit, string? fix)
    {
        Write("proc/self/limits", $"Limit                     Soft Limit           Hard Limit           Units     \nMax locked memory         {limit}              {limit}              bytes     \n");
        AssertFix(Machine.Memory(privileged: false), fix);
        AssertFix(Machine.Memory(privileged: true), null);
    }

    [TestCase("root:x:0:\n", null, true)]
    [TestCase("lrng:x:998:\n", null, false)]
    [TestCase("lrng:x:998:alice,bob\n", "gpasswd -d", false)]
    public void Groups(string groups, string? fix, bool absent)
    {
        Write("etc/group", groups);
        Finding? finding = Machine.Group();
        Assert.That(finding is null, Is.EqualTo(absent));
        if (finding is not null)
        {
            AssertFix(finding, fix);
        }
    }

    // The kernel's own device, which belongs to root.
    [Test]
    public void The_daemon_must_be_able_to_open_the_module()
    {
        Assume.That(Environment.IsPrivilegedProcess, "making a node takes root");
        Write("etc/group", "lrng:x:998:\n");
        Directory.CreateDirectory(Path.Combine(_root, "dev"));
        string node = Path.Combine(_root, "dev/cuse");
        Assert.That(NodeFiles.MakeDevice(node, 1, 3), Is.Null);
        File.SetUnixFileMode(node, (UnixFileMode)Convert.ToInt32("660", 8));
        AssertFix(Machine.Group()!, "udevadm trigger");
        Write("etc/group", "lrng:x:0:\n");
        AssertFix(Machine.Group()!, null);
        File.SetUnixFileMode(node, (UnixFileMode)Convert.ToInt32("600", 8));
        AssertFix(Machine.Group()!, "udevadm trigger");
    }

    [Test]
    public void A_device_has_the_mode_that_was_set()
    {
        UnixFileMode all = File.GetUnixFileMode("/dev/null");
        AssertFix(DeviceChecks.Node("/dev/null", all), null);
        AssertFix(DeviceChecks.Node("/dev/null", all & ~UnixFileMode.OtherRead), "udevadm trigger");
        AssertFix(DeviceChecks.Node("/dev/no-such-device", all), "systemctl restart");
    }

    private static void AssertFix(Finding finding, string? fix)
    {
        Assert.That(finding.Fix, fix is null ? Is.Null : Does.Contain(fix), finding.Text);
    }

    private void Write(string path, string text)
    {
        string file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
