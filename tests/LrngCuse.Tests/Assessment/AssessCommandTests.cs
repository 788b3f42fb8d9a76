// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Commands;

namespace LrngCuse.Tests.Assessment;

/// <summary>What `lrng assess` refuses: one line, a hint, and the right status.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class AssessCommandTests
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lrng-assess").FullName;

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_directory, recursive: true);

    [TestCase("--bits", "0", "'0' is not a width")]
    [TestCase("--bits", "9", "'9' is not a width")]
    [TestCase("--bits", "x", "'x'")]
    [TestCase("--format", "u16", "'u16'")]
    [TestCase("--mask", "0x1FF", "'0x1FF' is not a mask")]
    [TestCase("--restart", "1000", "'1000' is not ROWSxCOLUMNS")]
    [TestCase("--restart", "10x100", "has 5000 samples, not the 1000 of 10x100")]
    [TestCase("--initial", "1", "--initial is for --restart")]
    [TestCase("--bits", "3", "samples use 4 bits, more than the 3")]
    public async Task A_mistaken_option_is_a_mistake_of_usage(string option, string value, string message)
    {
        string file = Write("samples", TestSequences.Symbols(5000, 16, 1));
        await Refused(ExitCodes.Usage, message, file, option, value);
    }

    [TestCase("-1")]
    [TestCase("9")]
    [TestCase("much")]
    [TestCase("4.5")]
    public async Task An_initial_estimate_is_within_the_bits_of_a_sample(string initial)
    {
        string file = Write("samples", TestSequences.Symbols(5000, 16, 1));
        await Refused(ExitCodes.Usage, initial, file, "--restart", "50x100", "--initial=" + initial);
    }

    [Test]
    public async Task A_file_is_needed() => await Refused(ExitCodes.Usage, "FILE");

    [Test]
    public async Task Files_that_are_no_samples_are_refused()
    {
        await Refused(ExitCodes.Failed, "no such file", Path.Combine(_directory, "missing"));
        await Refused(ExitCodes.Failed, "it is a directory", _directory);
        await Refused(ExitCodes.Failed, "is empty", Write("empty", []));
        await Refused(ExitCodes.Failed, "not a file name", "");
    }

    [Test]
    public async Task Too_few_samples_are_refused()
    {
        await Refused(ExitCodes.Failed, "has 4095 samples, and the MultiMCW", Write("short", TestSequences.Symbols(4095, 16, 1)));
        await Refused(ExitCodes.Failed, "has 6011 samples, and the Compression", Write("bits", TestSequences.Symbols(6011, 2, 1)));
        await Refused(ExitCodes.Failed, "has 4 samples", Write("tiny", [1, 2, 3, 4]));
    }

    [Test]
    public async Task Constant_samples_have_no_entropy() =>
        await Refused(ExitCodes.Failed, "all 5000 samples are 0: no entropy, H = 0", Write("constant", new byte[5000]));

    [Test]
    public async Task A_report_that_cannot_be_written_is_found_early()
    {
        string file = Write("constant", new byte[5000]);
        await Refused(ExitCodes.Failed, $"cannot write {_directory}", file, "--html", _directory);
        await Refused(ExitCodes.Failed, "its directory is missing", file, "--html", Path.Combine(_directory, "missing", "out.html"));
    }

    private string Write(string name, byte[] samples)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllBytes(path, samples);
        return path;
    }

    private static async Task Refused(int status, string message, params string[] arguments)
    {
        TextWriter before = Console.Error;
        using var words = new StringWriter();
        Console.SetError(words);
        int actual = await CommandLine.RunAsync(["assess", .. arguments]);
        Console.SetError(before);
        string[] lines = words.ToString().TrimEnd().Split('\n');
        Assert.That(lines, Has.Length.EqualTo(2), words.ToString());
        Assert.That(lines[0], Does.StartWith("lrng: ").And.Contains(message));
        Assert.That(lines[1], Does.StartWith("hint: "));
        Assert.That(actual, Is.EqualTo(status));
    }
}
