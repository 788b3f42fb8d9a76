// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources.HardwareRng;

namespace LrngEngine.Tests.Sources.HardwareRng;

[TestFixture]
internal sealed class LinuxHardwareGeneratorTests
{
    private string _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("lrng-hwrng").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [TestCase("/dev/zero")]
    [TestCase("/dev/random")]
    [TestCase("/etc/passwd")]
    [TestCase("/")]
    public void What_is_no_hardware_generator_is_not_opened(string path)
    {
        using var generator = new LinuxHardwareGenerator(path, _directory);
        Assert.That(generator.Open(), Is.EqualTo($"{path} is not the kernel's hardware generator, character device 10:183"));
    }

    [Test]
    public void A_device_that_is_not_there_is_named()
    {
        using var generator = new LinuxHardwareGenerator("/nowhere/hwrng", _directory);
        Assert.That(generator.Open(), Is.EqualTo("cannot open /nowhere/hwrng: No such file or directory"));
    }

    [TestCase("virtio_rng.0\n", "1000\n", "virtio_rng.0", 1000)]
    [TestCase("none\n", "0\n", null, 0)]
    [TestCase("x\n", "many\n", "x", null)]
    [TestCase("x\n", "-5\n", "x", null)]
    [TestCase("x\n", null, "x", null)]
    [TestCase(null, null, null, null)]
    public void It_is_known_by_what_sysfs_says(string? current, string? quality, string? name, int? known)
    {
        Write("rng_current", current);
        Write("rng_quality", quality);
        using var generator = new LinuxHardwareGenerator("/dev/hwrng", _directory);
        Assert.That(generator.Identify(), Is.EqualTo(new HardwareIdentity(name, known)));
    }

    private void Write(string name, string? text)
    {
        if (text is not null)
        {
            File.WriteAllText(Path.Combine(_directory, name), text);
        }
    }
}
