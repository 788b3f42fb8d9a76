// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Recording;

namespace LrngCuse.Tests.Recording;

/// <summary>The file of lrng raw -o: complete or not there.</summary>
[TestFixture]
internal sealed class RawFileTests
{
    private string _directory;

    [SetUp]
    public void Prepare() => _directory = Directory.CreateTempSubdirectory("lrng-raw").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void A_completed_file_takes_the_place_of_another()
    {
        string path = Path.Combine(_directory, "samples");
        File.WriteAllText(path, "old and longer");
        using (var file = RawFile.Create(path))
        {
            file.Write("ab"u8);
            file.Write("c"u8);
            Assert.That(File.ReadAllText(path), Is.EqualTo("old and longer"), "not before it is complete");
            file.Complete();
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo("abc"));
        Assert.That(Directory.GetFiles(_directory), Has.Length.EqualTo(1));
    }

    [Test]
    public void Without_completion_nothing_is_left()
    {
        using (var file = RawFile.Create(Path.Combine(_directory, "samples")))
        {
            file.Write("abc"u8);
        }

        Assert.That(Directory.GetFiles(_directory), Is.Empty);
    }

    [Test]
    public void A_link_is_followed()
    {
        string link = Path.Combine(_directory, "link");
        _ = File.CreateSymbolicLink(link, "target");
        using (var file = RawFile.Create(link))
        {
            file.Write("abc"u8);
            file.Complete();
        }

        Assert.That(new FileInfo(link).LinkTarget, Is.EqualTo("target"));
        Assert.That(File.ReadAllText(Path.Combine(_directory, "target")), Is.EqualTo("abc"));
    }

    [TestCase("/dev/null", "no regular file")]
    [TestCase("/dev", "no regular file")]
    [TestCase("", "not a file name")]
    [TestCase("missing/samples", "its directory is missing")]
    [TestCase("/proc/samples", "cannot write /proc/samples: ")]
    [TestCase("x/", "not a file name")]
    public void What_cannot_be_a_file_is_refused_at_the_start(string path, string message)
    {
        string previous = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(_directory);
        try
        {
            Assert.That(() => RawFile.Create(path), Throws.TypeOf<CommandException>().With.Message.Contains(message));
        }
        finally
        {
            Directory.SetCurrentDirectory(previous);
        }
    }

    [Test]
    public void A_name_may_have_255_bytes([Values(255, 256)] int length)
    {
        string path = Path.Combine(_directory, new string('x', length));
        if (length > 255)
        {
            Assert.That(() => RawFile.Create(path), Throws.TypeOf<CommandException>());
            return;
        }

        using var file = RawFile.Create(path);
        file.Complete();
        Assert.That(File.Exists(path));
    }
}
