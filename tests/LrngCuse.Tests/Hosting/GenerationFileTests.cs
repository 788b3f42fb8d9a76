// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngCuse.Hosting;
using LrngCuse.Interop;

namespace LrngCuse.Tests.Hosting;

/// <summary>The file of struct lrng_generation, as its readers see it.</summary>
[TestFixture]
internal sealed class GenerationFileTests
{
    private string _path = "";

    [SetUp]
    public void Choose_a_path() =>
        _path = Path.Combine(Directory.CreateTempSubdirectory("lrng-generation").FullName, "generation");

    [TearDown]
    public void Remove_it() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Test]
    public void Is_a_page_for_everybody_to_read()
    {
        using GenerationFile file = GenerationFile.Publish(_path);
        Assert.That(new FileInfo(_path).Length, Is.EqualTo(LrngHeader.LRNG_GENERATION_BYTES));
        Assert.That(File.GetUnixFileMode(_path), Is.EqualTo(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead));
        Assert.That(Read().magic, Is.EqualTo(LrngHeader.LRNG_GENERATION_MAGIC));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(_path)!), Has.Length.EqualTo(1));
    }

    [Test]
    public void Number_differs_after_each_raise_and_is_0_for_good_once_revoked()
    {
        using GenerationFile file = GenerationFile.Publish(_path);
        var seen = new HashSet<ulong> { 0, Read().generation };
        file.Raise();
        Assert.That(seen.Add(Read().generation));
        file.Raise();
        Assert.That(seen.Add(Read().generation));
        file.Revoke();
        file.Raise();
        Assert.That(Read().generation, Is.Zero);
    }

    [Test]
    public void Next_daemon_takes_over_the_file_with_a_new_number()
    {
        ulong before;
        using (GenerationFile.Publish(_path))
        {
            before = Read().generation;
        }

        using FileStream mapped = File.OpenRead(_path);
        Assert.That(Read(mapped).generation, Is.Zero, "after the stop");
        using GenerationFile next = GenerationFile.Publish(_path);
        Assert.That(Read(mapped).generation, Is.Not.Zero.And.Not.EqualTo(before));
    }

    // Cut short, garbage, or of a later version that keeps more in it: whatever it says does not count.
    [TestCase(0)]
    [TestCase(3)]
    [TestCase(16)]
    [TestCase(100_000)]
    public void Next_daemon_believes_nothing_that_is_in_the_file(int bytes)
    {
        byte[] garbage = new byte[bytes];
        garbage.AsSpan().Fill(0xff);
        File.WriteAllBytes(_path, garbage);
        using GenerationFile file = GenerationFile.Publish(_path);
        LrngHeader.lrng_generation published = Read();
        Assert.That(published.magic, Is.EqualTo(LrngHeader.LRNG_GENERATION_MAGIC));
        Assert.That(published.generation, Is.Not.Zero.And.Not.EqualTo(ulong.MaxValue));
    }

    [Test]
    public void Disposed_file_stays_as_it_is()
    {
        GenerationFile file = GenerationFile.Publish(_path);
        file.Dispose();
        file.Raise();
        file.Revoke();
        file.Dispose();
        Assert.That(Read().generation, Is.Zero);
    }

    [Test]
    public void Write_lock_is_held_until_disposal()
    {
        GenerationFile file = GenerationFile.Publish(_path);
        Assert.That(TryReadLock(), Is.False);
        file.Dispose();
        Assert.That(TryReadLock(), Is.True);
    }

    // Anybody may lock for reading what he may read.
    [Test]
    public void Reader_with_a_lock_keeps_no_daemon_away()
    {
        GenerationFile.Publish(_path).Dispose();
        using FileStream reader = File.OpenRead(_path);
        Assert.That(TryReadLock(reader));
        using GenerationFile file = GenerationFile.Publish(_path);
        Assert.That(Read().generation, Is.Not.Zero);
        Assert.That(Read(reader).generation, Is.Zero, "the old file");
    }

    [Test]
    public void Neither_follows_links_nor_takes_files_that_have_another_name()
    {
        string other = _path + ".other";
        File.WriteAllText(other, "unchanged");
        _ = File.CreateSymbolicLink(_path, other);
        GenerationFile.Publish(_path).Dispose();
        Assert.That(File.ReadAllText(other), Is.EqualTo("unchanged"));

        File.Delete(other);
        File.Move(_path, other);
        File.CreateSymbolicLink(_path, other);
        using GenerationFile file = GenerationFile.Publish(_path);
        Assert.That(new FileInfo(_path).LinkTarget, Is.Null);
    }

    [Test]
    public void Folder_that_is_not_there_is_an_error() =>
        Assert.That(() => GenerationFile.Publish(Path.Combine(_path, "generation")), Throws.InstanceOf<IOException>());

    private LrngHeader.lrng_generation Read()
    {
        using FileStream stream = File.OpenRead(_path);
        return Read(stream);
    }

    private static LrngHeader.lrng_generation Read(FileStream stream)
    {
        var page = new LrngHeader.lrng_generation[1];
        _ = RandomAccess.Read(stream.SafeFileHandle, MemoryMarshal.AsBytes(page.AsSpan()), 0);
        return page[0];
    }

    private bool TryReadLock()
    {
        using FileStream stream = File.OpenRead(_path);
        return TryReadLock(stream);
    }

    private static unsafe bool TryReadLock(FileStream stream)
    {
        // l_type 0 is F_RDLCK.
        var whole = default(NativeLibC.flock);
        return NativeLibC.fcntl((int)stream.SafeFileHandle.DangerousGetHandle(), Linux.F_OFD_SETLK, &whole) == 0;
    }
}
