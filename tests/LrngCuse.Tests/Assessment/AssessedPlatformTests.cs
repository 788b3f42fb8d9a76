// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Assessment;

namespace LrngCuse.Tests.Assessment;

/// <summary>What an assessment tells of its machine.</summary>
[TestFixture]
internal sealed class AssessedPlatformTests
{
    private string _root;

    [SetUp]
    public void Prepare() => _root = Directory.CreateTempSubdirectory("lrng-platform").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_root, recursive: true);

    [Test]
    public void A_virtual_machine_names_its_hypervisor()
    {
        Write("proc/sys/kernel/osrelease", "6.1.0-41-amd64\n");
        Write("proc/cpuinfo", "processor\t: 0\nvendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC: x\n\nprocessor\t: 1\n");
        AssessedPlatform platform = AssessedPlatform.Read(_root, "KVMKVMKVM");
        Assert.That(platform.KernelRelease, Is.EqualTo("6.1.0-41-amd64"));
        Assert.That(platform.CpuModel, Is.EqualTo("AMD EPYC: x"));
        Assert.That(platform.Cpus, Is.EqualTo(2));
        Assert.That(platform.Hypervisor, Is.EqualTo("KVMKVMKVM"));
    }

    // The CPUID of its host is what a program sees there.
    [Test]
    public void User_mode_linux_is_its_own_hypervisor()
    {
        Write("proc/cpuinfo", "processor\t: 0\nvendor_id\t: User Mode Linux\nmodel name\t: UML\n");
        Assert.That(AssessedPlatform.Read(_root, "KVMKVMKVM").Hypervisor, Is.EqualTo("User Mode Linux"));
    }

    [Test]
    public void Without_cpuid_the_kernel_tells_of_a_hypervisor()
    {
        Write("proc/cpuinfo", "processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n");
        Write("proc/device-tree/hypervisor/compatible", "linux,kvm\0");
        AssessedPlatform platform = AssessedPlatform.Read(_root, null);
        Assert.That(platform.CpuModel, Is.EqualTo("implementer 0x41 part 0xd0c"));
        Assert.That(platform.Hypervisor, Is.EqualTo("linux,kvm"));
        Write("sys/hypervisor/type", "xen\n");
        Assert.That(AssessedPlatform.Read(_root, null).Hypervisor, Is.EqualTo("xen"));
    }

    [Test]
    public void What_is_hidden_is_unknown()
    {
        AssessedPlatform platform = AssessedPlatform.Read(_root, null);
        Assert.That((platform.KernelRelease, platform.CpuModel, platform.Hypervisor), Is.EqualTo(("unknown", "unknown", "none visible")));
    }

    private void Write(string path, string text)
    {
        string file = Path.Combine(_root, path);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
