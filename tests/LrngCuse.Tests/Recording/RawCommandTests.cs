// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Commands;

namespace LrngCuse.Tests.Recording;

/// <summary>What `lrng raw` refuses: one line, a hint, and the right status.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class RawCommandTests
{
    [TestCase("'pool'", "pool")]
    [TestCase("'0' is not a number of samples from 1 to 16777216", "jitter", "--samples", "0")]
    [TestCase("'16777217'", "jitter", "--samples", "16777217")]
    [TestCase("'x'", "jitter", "--samples", "x")]
    [TestCase("'u16'", "jitter", "--format", "u16")]
    [TestCase("--restarts is for --restart-matrix", "jitter", "--restarts", "10")]
    [TestCase("'1' is not a number of restarts", "jitter", "--restart-matrix", "--restarts", "1")]
    [TestCase("'5000' is not a number of samples from 2 to 4096", "jitter", "--restart-matrix", "--samples", "5000")]
    [TestCase("--restart-matrix is for irq, sched and jitter, not for irq-cost", "irq-cost", "--restart-matrix")]
    [TestCase("--deltas is for irq and sched, not for jitter", "jitter", "--deltas")]
    public async Task A_mistaken_option_is_a_mistake_of_usage(string message, params string[] arguments)
    {
        TextWriter before = Console.Error;
        using var words = new StringWriter();
        Console.SetError(words);
        int actual = await CommandLine.RunAsync(["raw", .. arguments]);
        Console.SetError(before);
        string[] lines = words.ToString().TrimEnd().Split('\n');
        Assert.That(lines, Has.Length.EqualTo(2), words.ToString());
        Assert.That(lines[0], Does.StartWith("lrng: ").And.Contains(message));
        Assert.That(lines[1], Does.StartWith("hint: "));
        Assert.That(actual, Is.EqualTo(ExitCodes.Usage));
    }
}
