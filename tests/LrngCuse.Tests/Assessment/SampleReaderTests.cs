// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using LrngCuse.Assessment;

namespace LrngCuse.Tests.Assessment;

/// <summary>Samples from files of every format, and what is not one.</summary>
[TestFixture]
internal sealed class SampleReaderTests
{
    private readonly string _file = Path.GetTempFileName();

    [OneTimeTearDown]
    public void Remove() => File.Delete(_file);

    [Test]
    public void Bytes_are_samples()
    {
        File.WriteAllBytes(_file, [1, 255, 0]);
        Assert.That(SampleReader.Read(_file, SampleFormat.U8, SampleMask.LowByte), Is.EqualTo(new byte[] { 1, 255, 0 }));
    }

    [Test]
    public void Numbers_give_the_bits_of_the_mask()
    {
        byte[] data = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(data, 0x1234_5678_9ABC_DEF0);
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(8), 0xFF);
        File.WriteAllBytes(_file, data);
        Assert.That(SampleMask.TryParse("0xF00000000000000f:8", out SampleMask mask), Is.True);
        Assert.That(SampleReader.Read(_file, SampleFormat.U64, mask), Is.EqualTo(new byte[] { 0x10, 0x0F }));
        Assert.That(SampleReader.Read(_file, SampleFormat.U32, SampleMask.LowByte), Is.EqualTo(new byte[] { 0xF0, 0x78, 0xFF, 0 }));
    }

    [Test]
    public void Text_is_decimal_or_hexadecimal()
    {
        File.WriteAllText(_file, "1 300\n\t0x1F\r\n\n7");
        Assert.That(SampleReader.Read(_file, SampleFormat.Text, SampleMask.LowByte), Is.EqualTo(new byte[] { 1, 44, 31, 7 }));
    }

    [TestCase("1\n2 -3", ":2: '-3' is not a number")]
    [TestCase("0x", ":1: '0x' is not a number")]
    [TestCase("18446744073709551616", ":1: '18446744073709551616' is not a number")]
    [TestCase("", " is empty")]
    [TestCase(" \n", " is empty")]
    public void Bad_text_is_named(string text, string message)
    {
        File.WriteAllText(_file, text);
        CommandException error = Assert.Throws<CommandException>(() => SampleReader.Read(_file, SampleFormat.Text, SampleMask.LowByte));
        Assert.That(error.Message, Is.EqualTo(_file + message));
    }

    [Test]
    public void Half_a_number_is_a_mistake()
    {
        File.WriteAllBytes(_file, new byte[7]);
        CommandException error = Assert.Throws<CommandException>(() => SampleReader.Read(_file, SampleFormat.U32, SampleMask.LowByte));
        Assert.That(error.Message, Does.EndWith("ends within a sample of 4 bytes"));
    }

    [TestCase("FF", 0xFFul, 8)]
    [TestCase("0x3:2", 3ul, 2)]
    [TestCase("0x3:8", 3ul, 8)]
    [TestCase("0x8000000000000001", 0x8000000000000001ul, 2)]
    public void A_mask_has_up_to_eight_bits(string text, ulong bits, int width)
    {
        Assert.That(SampleMask.TryParse(text, out SampleMask mask), Is.True);
        Assert.That(mask, Is.EqualTo(new SampleMask(bits, width)));
    }

    [TestCase("")]
    [TestCase("0x")]
    [TestCase("0")]
    [TestCase("0x1FF")]
    [TestCase("0xFF:7")]
    [TestCase("0xFF:9")]
    [TestCase("0xFF:")]
    [TestCase("xyz")]
    public void Other_masks_are_refused(string text) => Assert.That(SampleMask.TryParse(text, out _), Is.False);
}
