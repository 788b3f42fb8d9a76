// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources.Jitter;

namespace LrngEngine.Tests.Sources.Jitter;

[TestFixture]
internal sealed class JitterMemoryTests
{
    private string _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("lrng-caches-").FullName;

    [TearDown]
    public void DeleteDirectory() => Directory.Delete(_directory, recursive: true);

    [TestCase("1024K", 2 * 1024 * 1024)]
    [TestCase("1280K", 4 * 1024 * 1024)]
    [TestCase("256K", 512 * 1024)]
    [TestCase("16M", JitterMemory.MaxBytes)]
    [TestCase("1K", 64 * 1024)]
    [TestCase("2147483647M", JitterMemory.MaxBytes)]
    [TestCase("", JitterMemory.DefaultBytes)]
    [TestCase("K", JitterMemory.DefaultBytes)]
    [TestCase("-5K", JitterMemory.DefaultBytes)]
    [TestCase("0K", JitterMemory.DefaultBytes)]
    public void Twice_the_L2_cache_as_a_power_of_two(string size, int bytes)
    {
        Describe("index0", "1", "Data", "48K");
        Describe("index1", "1", "Instruction", "32K");
        Describe("index2", "2", "Unified", size);
        Describe("index3", "3", "Unified", "32768K");
        Assert.That(JitterMemory.SizeForCaches(_directory), Is.EqualTo(bytes));
    }

    [TestCase("1M", "Data", 2 * 1024 * 1024)]
    [TestCase("1M", "Instruction", JitterMemory.DefaultBytes)]
    [TestCase("99999999999K", "Unified", JitterMemory.DefaultBytes)]
    [TestCase("1024", "Unified", JitterMemory.DefaultBytes)]
    public void Only_a_data_cache_of_a_known_size_counts(string size, string type, int bytes)
    {
        Describe("index2", "2", type, size);
        Assert.That(JitterMemory.SizeForCaches(_directory), Is.EqualTo(bytes));
    }

    [TestCase(32 * 1024)]
    [TestCase(96 * 1024)]
    [TestCase(2 * JitterMemory.MaxBytes)]
    public void A_size_that_no_mask_can_walk_is_refused(int bytes) =>
        Assert.That(() => new JitterMemory(bytes), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Unknown_caches_give_the_default()
    {
        Assert.That(JitterMemory.SizeForCaches(_directory), Is.EqualTo(JitterMemory.DefaultBytes));
        Assert.That(JitterMemory.SizeForCaches(Path.Combine(_directory, "missing")), Is.EqualTo(JitterMemory.DefaultBytes));
        Directory.CreateDirectory(Path.Combine(_directory, "index0"));
        Assert.That(JitterMemory.SizeForCaches(_directory), Is.EqualTo(JitterMemory.DefaultBytes), "files are missing");
    }

    private void Describe(string index, string level, string type, string size)
    {
        string directory = Directory.CreateDirectory(Path.Combine(_directory, index)).FullName;
        File.WriteAllText(Path.Combine(directory, "level"), level + "\n");
        File.WriteAllText(Path.Combine(directory, "type"), type + "\n");
        File.WriteAllText(Path.Combine(directory, "size"), size + "\n");
    }
}
