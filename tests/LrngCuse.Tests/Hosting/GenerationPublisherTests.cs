// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Hosting;
using LrngCuse.Hosting.Configuration;
using LrngEngine.Tests.Drng;

namespace LrngCuse.Tests.Hosting;

/// <summary>Which of the generator's events reach those who keep output.</summary>
[TestFixture]
internal sealed class GenerationPublisherTests
{
    private string _directory = "";
    private RecordedLog _log = new();

    [SetUp]
    public void Choose_a_folder()
    {
        _directory = Directory.CreateTempSubdirectory("lrng-publisher").FullName;
        _log = new RecordedLog();
    }

    [TearDown]
    public void Remove_it() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task Number_changes_when_output_is_out_of_date()
    {
        DaemonSettings settings = Settings(_directory);
        using Generator generator = Build(settings);
        using var publisher = new GenerationPublisher(settings, generator, _log);
        await publisher.StartAsync(CancellationToken.None);
        ulong before = Number();
        generator.Manager.OutdateOutput();
        Assert.That(Number(), Is.Not.Zero.And.Not.EqualTo(before));
        await publisher.StopAsync(CancellationToken.None);
        Assert.That(Number(), Is.Zero);
    }

    [Test]
    public async Task Nothing_is_kept_of_a_generator_in_the_error_state([Values] bool before)
    {
        DaemonSettings settings = Settings(_directory);
        using Generator generator = Build(settings);
        using var publisher = new GenerationPublisher(settings, generator, _log);
        if (before)
        {
            generator.Manager.Errors.Enter("for the test");
        }

        await publisher.StartAsync(CancellationToken.None);
        generator.Manager.Errors.Enter("for the test");
        generator.Manager.OutdateOutput();
        Assert.That(Number(), Is.Zero);
    }

    [Test]
    public async Task Daemon_that_cannot_publish_starts_and_says_why()
    {
        DaemonSettings settings = Settings(Path.Combine(_directory, "not-there"));
        using Generator generator = Build(settings);
        using var publisher = new GenerationPublisher(settings, generator, _log);
        await publisher.StartAsync(CancellationToken.None);
        Assert.That(_log.Lines, Has.Exactly(1).Contains("not-there/generation is not published"));
    }

    private ulong Number() => BitConverter.ToUInt64(File.ReadAllBytes(Path.Combine(_directory, GenerationPublisher.FileName)), sizeof(ulong));

    private static DaemonSettings Settings(string directory) =>
        SettingsLoader.Merge([new IniEntry("serve.socket", Path.Combine(directory, "control.sock"), "test")]);

    private Generator Build(DaemonSettings settings) => Generator.Build(settings, TimeProvider.System, _log, _log);
}
