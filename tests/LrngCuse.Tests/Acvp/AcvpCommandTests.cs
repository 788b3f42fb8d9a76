// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.Json.Nodes;
using LrngCuse.Commands;

namespace LrngCuse.Tests.Acvp;

/// <summary>The files and the statuses of `lrng acvp`.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class AcvpCommandTests
{
    private string _directory;

    private string Prompt => Path.Combine(_directory, "prompt.json");

    private string Response => Path.Combine(_directory, "response.json");

    [SetUp]
    public void Create() => _directory = Directory.CreateTempSubdirectory("lrng-acvp-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task A_set_that_is_offered_ends_with_0()
    {
        await File.WriteAllTextAsync(Prompt, NistSetTests.Read("SHA3-512-2.0.prompt.json").ToJsonString());
        (int status, string[] words) = await Run(Prompt, "-o", Response);
        Assert.That(status, Is.EqualTo(ExitCodes.Success), string.Join(' ', words));
        Assert.That(words, Is.Empty);
        Assert.That(JsonNode.Parse(await File.ReadAllTextAsync(Response))!["testGroups"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(await File.ReadAllTextAsync(Response), Does.EndWith("}\n"));
        Assert.That(Directory.GetFiles(_directory), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_group_that_is_not_offered_is_one_line_and_the_status_1()
    {
        await File.WriteAllTextAsync(Prompt, NistSetTests.Read("ctrDRBG-1.0.prompt.json").ToJsonString());
        (int status, string[] words) = await Run(Prompt, "-o", Response);
        Assert.That(status, Is.EqualTo(ExitCodes.Failed));
        Assert.That(words, Is.EqualTo(["lrng: group 16: ctrDRBG with TDES is not offered (offered: AES-256)"]));
        Assert.That(JsonNode.Parse(await File.ReadAllTextAsync(Response))!["testGroups"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_bad_prompt_leaves_the_response_of_before()
    {
        await File.WriteAllTextAsync(Prompt, """{"vsId":1,"algorithm":"SHA2-256","testGroups":[{"tgId":1,"testType":"AFT","tests":[{"tcId":1,"msg":"0"}]}]}""");
        await File.WriteAllTextAsync(Response, "before");
        await ExpectError($"{Prompt}: $.testGroups[0].tests[0].len (group 1, test 1) is missing", Prompt, "-o", Response);
        Assert.That(await File.ReadAllTextAsync(Response), Is.EqualTo("before"));
        Assert.That(Directory.GetFiles(_directory), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_missing_prompt() => await ExpectError($"cannot read '{Prompt}': no such file", Prompt);

    [Test]
    public async Task A_directory_is_no_prompt() => await ExpectError($"cannot read '{_directory}': it is a directory", _directory);

    [Test]
    public async Task A_response_that_cannot_be_written()
    {
        await File.WriteAllTextAsync(Prompt, NistSetTests.Read("hashDRBG-1.0.prompt.json").ToJsonString());
        string path = Path.Combine(_directory, "missing", "response.json");
        await ExpectError($"cannot write {path}: its directory is missing", Prompt, "-o", path);
    }

    [Test]
    public async Task A_prompt_that_is_too_long()
    {
        await using (FileStream file = File.Create(Prompt))
        {
            file.SetLength(LrngCuse.Acvp.PromptFile.MaximumBytes + 1);
        }

        await ExpectError($"{Prompt} has more than {LrngCuse.Acvp.PromptFile.MaximumBytes} bytes", Prompt);
    }

    private static async Task ExpectError(string message, params string[] arguments)
    {
        (int status, string[] words) = await Run(arguments);
        Assert.That(status, Is.EqualTo(ExitCodes.Failed));
        Assert.That(words, Has.Length.EqualTo(2));
        Assert.That(words[0], Is.EqualTo($"lrng: {message}"));
        Assert.That(words[1], Does.StartWith("hint: "));
    }

    private static async Task<(int Status, string[] Words)> Run(params string[] arguments)
    {
        TextWriter before = Console.Error;
        using var words = new StringWriter();
        Console.SetError(words);
        int status = await CommandLine.RunAsync(["acvp", .. arguments]);
        Console.SetError(before);
        return (status, words.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
