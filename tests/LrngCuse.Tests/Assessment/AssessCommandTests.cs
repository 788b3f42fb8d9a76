// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.Json;
using LrngCuse.Assessment;
using LrngCuse.Commands;
using Tmds.Linux;

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

    [TestCase("--apply needs --source", "--apply")]
    [TestCase("'tpm'", "--apply", "--source", "tpm")]
    [TestCase("--source is for --apply", "--source", "irq")]
    [TestCase("--state is for --apply", "--state", "/tmp")]
    [TestCase("'' is not a directory", "--apply", "--source", "irq", "--state", "")]
    public async Task A_recording_is_asked_for_completely(string message, params string[] options) =>
        await Refused(ExitCodes.Usage, message, [Write("constant", new byte[5000]), .. options]);

    [Test]
    public async Task A_record_that_cannot_be_written_is_found_early()
    {
        string file = Write("constant", new byte[5000]);
        await Refused(ExitCodes.Failed, "cannot make the directory", file, "--apply", "--source", "irq", "--state", file);
        string taken = Directory.CreateDirectory(Path.Combine(_directory, "taken", "irq.json")).Parent!.FullName;
        await Refused(ExitCodes.Failed, "no regular file", file, "--apply", "--source", "irq", "--state", taken);
    }

    [Test]
    public async Task An_assessment_that_fails_leaves_the_record_as_it_was()
    {
        string state = Directory.CreateDirectory(Path.Combine(_directory, "kept")).FullName;
        await File.WriteAllTextAsync(Path.Combine(state, "irq.json"), "before");
        string file = Write("constant", new byte[5000]);
        await Refused(ExitCodes.Failed, "no entropy", file, "--apply", "--source", "irq", "--state", state);
        Assert.That(Directory.GetFiles(state).Select(File.ReadAllText), Is.EqualTo(["before"]));
    }

    [Test]
    public async Task Samples_and_restarts_are_recorded_for_all_to_read()
    {
        string state = Path.Combine(_directory, "state", "new");
        string file = Write("samples", TestSequences.Symbols(7000, 16, 1));
        string[] apply = ["assess", file, "--apply", "--source", "sched", "--state", state];
        mode_t umask = LibC.umask(0b000_000_111);
        Assert.That(await CommandLine.RunAsync([.. apply]), Is.EqualTo(ExitCodes.Success));
        Assert.That(await CommandLine.RunAsync([.. apply, "--restart", "70x100"]), Is.EqualTo(ExitCodes.Success));
        _ = LibC.umask(umask);
        AssessmentDocument samples = Recorded(state, "sched.json");
        Assert.That(samples.Restart, Is.Null);
        Assert.That(samples.Applied!.Source, Is.EqualTo("sched"));
        Assert.That(samples.Applied.Setting, Is.EqualTo(new SettingDocument("scheduler", "events_per_256_bits", "none")));
        Assert.That(samples.Applied.Platform, Is.EqualTo(AssessedPlatform.Read()));
        Assert.That(Recorded(state, "sched-restart.json").Restart!.Rows, Is.EqualTo(70));
        Assert.That(Directory.GetFiles(state), Has.Length.EqualTo(2));
        Assert.That(Directory.GetFiles(state).Select(File.GetUnixFileMode), Is.All.EqualTo((UnixFileMode)0b110_100_100));
    }

    private static AssessmentDocument Recorded(string state, string name) =>
        JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(state, name)), AssessmentJson.Default.AssessmentDocument)!;

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
