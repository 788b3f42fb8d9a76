// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;
using LrngCuse.Recording;

namespace LrngCuse.Tests.Recording;

[TestFixture]
internal sealed class RawEncoderTests
{
    [TestCase("U8", "ff02")]
    [TestCase("U32", "ff00000002000101")]
    [TestCase("U64", "ff000000000000000200010104000000")]
    public void Numbers_are_cut_to_their_low_bits(string format, string bytes) =>
        Assert.That(Convert.ToHexStringLower(Encode([0xff, 0x4_0101_0002], Enum.Parse<RawFormat>(format))), Is.EqualTo(bytes));

    [Test]
    public void Text_is_one_number_a_line() =>
        Assert.That(
            Encoding.ASCII.GetString(Encode([0, ulong.MaxValue, 10], RawFormat.Text)), Is.EqualTo("0\n18446744073709551615\n10\n"));

    [Test]
    public void Pieces_join([Values("U8", "U64", "Text")] string format)
    {
        ulong[] values = [.. Enumerable.Range(0, 20_000).Select(i => ulong.MaxValue - (ulong)i)];
        RawFormat chosen = Enum.Parse<RawFormat>(format);
        byte[] whole = Encode(values, chosen);
        byte[] singly = [.. values.SelectMany(value => Encode([value], chosen))];
        Assert.That(whole, Is.EqualTo(singly));
    }

    private static byte[] Encode(ulong[] values, RawFormat format)
    {
        using var bytes = new MemoryStream();
        RawEncoder.Write(values, format, piece => bytes.Write(piece));
        return bytes.ToArray();
    }
}
