// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Sampling;

namespace LrngCuse.Tests.Sampling;

/// <summary>The format files of tracefs.</summary>
[TestFixture]
internal sealed class TracepointFormatTests
{
    // Kernel 6.1, shortened.
    private const string Interrupt = """
        name: irq_handler_entry
        ID: 225
        format:
        	field:unsigned short common_type;	offset:0;	size:2;	signed:0;
        	field:int common_pid;	offset:4;	size:4;	signed:1;

        	field:int irq;	offset:8;	size:4;	signed:1;
        	field:__data_loc char[] name;	offset:12;	size:4;	signed:0;

        print fmt: "irq=%d name=%s", REC->irq, __get_str(name)
        """;

    [Test]
    public void Number_and_fields_are_found()
    {
        TracepointFormat format = TracepointFormat.Parse(Interrupt);
        Assert.That(format.Id, Is.EqualTo(225));
        Assert.That(format.TryGetField("irq", out TracepointField irq), Is.True);
        Assert.That(irq, Is.EqualTo(new TracepointField(8, 4)));
        Assert.That(format.TryGetField("name", out TracepointField name), Is.True);
        Assert.That(name, Is.EqualTo(new TracepointField(12, 4)));
        Assert.That(format.TryGetField("absent", out _), Is.False);
    }

    [Test]
    public void The_dimension_of_an_array_is_no_part_of_its_name()
    {
        TracepointFormat format = TracepointFormat.Parse("ID: 1\n\tfield:char prev_comm[16];\toffset:8;\tsize:16;\tsigned:0;\n");
        Assert.That(format.TryGetField("prev_comm", out TracepointField field), Is.True);
        Assert.That(field, Is.EqualTo(new TracepointField(8, 16)));
    }

    [TestCase("field:int irq; offset:; size:4;")]
    [TestCase("field:int irq; offset:-8; size:4;")]
    [TestCase("field:int irq; size:4;")]
    [TestCase("field:; offset:8; size:4;")]
    [TestCase("field:int irq; offset:99999999999; size:4;")]
    [TestCase(";;;:::field")]
    public void A_line_that_is_not_understood_is_passed_over(string line) =>
        Assert.That(TracepointFormat.Parse($"ID: 1\n{line}\n").TryGetField("irq", out _), Is.False);

    [TestCase(""), TestCase("ID:\n"), TestCase("ID: x\n"), TestCase("name: a\n")]
    public void Without_a_number_there_is_no_tracepoint(string text) =>
        Assert.That(() => TracepointFormat.Parse(text), Throws.InstanceOf<FormatException>());

    [Test]
    public void Broken_text_gives_a_format_or_an_error_in_words([Values(1, 2, 3, 4)] int seed)
    {
        var noise = new Noise((ulong)seed);
        for (int round = 0; round < 500; round++)
        {
            char[] text = Interrupt.ToCharArray();
            for (int i = 0; i < 8; i++)
            {
                text[noise.Next((uint)text.Length)] = ":;\n\t \0[]9-"[(int)noise.Next(10)];
            }

            try
            {
                _ = TracepointFormat.Parse(new string(text));
            }
            catch (FormatException)
            {
            }
        }
    }
}
