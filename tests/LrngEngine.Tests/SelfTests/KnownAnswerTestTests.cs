// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.SelfTests;

namespace LrngEngine.Tests.SelfTests;

/// <summary>A self-test passes only if the part under test computes the answer out of the input.</summary>
[TestFixture]
internal sealed class KnownAnswerTestTests
{
    private static readonly byte[] s_input = [1, 2, 3];
    private static readonly byte[] s_answer = [3, 2, 1];

    [Test]
    public void The_right_answer_passes() => Assert.That(Run(Reverse), Is.Null);

    [Test]
    public void A_wrong_answer_fails([Range(0, 2)] int at) => Assert.That(
        Run((_, input, answer) =>
        {
            Reverse(null, input, answer);
            answer[at] ^= 0x80;
        }),
        Is.EqualTo("wrong answer"));

    [Test]
    public void A_stored_answer_fails() =>
        Assert.That(Run((_, _, answer) => s_answer.CopyTo(answer)), Is.EqualTo("a changed input gives the same answer"));

    [Test]
    public void No_answer_fails() => Assert.That(Run((_, _, _) => { }), Is.EqualTo("wrong answer"));

    [Test]
    public void An_exception_fails_and_is_named() => Assert.That(
        Run((_, _, _) => throw new NotSupportedException("broken")), Is.EqualTo("NotSupportedException: broken"));

    // What only one of the two runs does is noticed as well.
    [Test]
    public void An_exception_at_the_changed_input_fails() => Assert.That(
        Run((_, input, answer) =>
        {
            Reverse(null, input, answer);
            if (!input.SequenceEqual(s_input))
            {
                throw new NotSupportedException("other");
            }
        }),
        Is.EqualTo("NotSupportedException: other"));

    [Test]
    public void Without_input_there_is_a_changed_one_all_the_same()
    {
        List<int> lengths = [];
        var test = new KnownAnswerTest(SelfTestAreas.Hash, "length", [], [0], (_, input, answer) =>
        {
            lengths.Add(input.Length);
            answer[0] = (byte)input.Length;
        });
        Assert.That(test.Run(), Is.Null);
        Assert.That(lengths, Is.EqualTo(new[] { 0, 1 }));
    }

    private static string? Run(SelfTestComputation compute) =>
        new KnownAnswerTest(SelfTestAreas.Hash, "reverse", s_input, s_answer, compute).Run();

    private static void Reverse(object? unused, ReadOnlySpan<byte> input, Span<byte> answer)
    {
        input.CopyTo(answer);
        answer.Reverse();
    }
}
