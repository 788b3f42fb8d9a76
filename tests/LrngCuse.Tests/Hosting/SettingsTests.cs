// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Hosting.Configuration;

namespace LrngCuse.Tests.Hosting;

[TestFixture]
internal sealed class SettingsTests
{
    [Test]
    public void Defaults_are_accepted_by_their_own_rules()
    {
        Assert.That(DaemonSettings.All.Where(setting => !setting.IsValid(setting.Default)), Is.Empty);
        Assert.That(DaemonSettings.All.Select(setting => setting.Key), Is.Unique);
    }

    [Test]
    public void The_last_origin_counts()
    {
        string file = WriteFile("[jitter]\ncredit = 1\n[cpu]\ncredit=2 # two\n; nothing\n[Kernel]\nCREDIT = 3\n");
        DaemonSettings settings = SettingsLoader.Load(
            file,
            name => name == "LRNG_CPU_CREDIT" ? "20" : null,
            [KeyValuePair.Create("kernel.credit", "200")]);

        Assert.That((settings.JitterCredit, settings.CpuCredit, settings.KernelCredit), Is.EqualTo((1, 20, 200)));
    }

    [TestCase("[jitter]\n\ncredit = 257\n", "3: jitter.credit: '257' is not accepted", "0..256")]
    [TestCase("[jitter]\ncredit = -1\n", "2: jitter.credit: '-1' is not accepted", "0..256")]
    [TestCase("[jitter]\ncredit =\n", "2: jitter.credit: '' is not accepted", "0..256")]
    [TestCase("[jitter]\ncredits = 1\n", "2: unknown setting 'jitter.credits'", "known here: jitter.enabled, jitter.credit")]
    [TestCase("[noise]\ncredit = 1\n", "2: unknown setting 'noise.credit'", "sections are serve, seeding, drng, interrupts, scheduler, health, jitter")]
    [TestCase("credit = 1\n", "1: 'credit' stands before the first section", "[section]")]
    [TestCase("[jitter\ncredit = 1\n", "1: '[jitter' is not a section", "[section]")]
    [TestCase("[]\n", "1: '[]' is not a section", "[section]")]
    [TestCase("[jitter]\ncredit\n", "2: 'credit' is not an assignment", "key = value")]
    [TestCase("[serve]\ntransport = usb\n", "2: serve.transport: 'usb' is not accepted", "auto, cuse or fuse")]
    [TestCase("[selftest]\non_failure = panic\n", "2: selftest.on_failure: 'panic' is not accepted", "error (reads fail with EIO) or abort")]
    [TestCase("[serve]\nmajor = 0\n", "2: serve.major: '0' is not accepted", "1..511")]
    [TestCase("[hwrng]\nrate = 5\n", "2: unknown setting 'hwrng.rate'", "known here: hwrng.enabled, hwrng.device, hwrng.bytes_per_second, hwrng.credit")]
    [TestCase("[hwrng]\nbytes_per_second = 0\n", "2: hwrng.bytes_per_second: '0' is not accepted", "bytes a second, 1..1048576")]
    [TestCase("[hwrng]\nbytes_per_second = 1048577\n", "2: hwrng.bytes_per_second: '1048577' is not accepted", "1..1048576")]
    [TestCase("[hwrng]\ncredit = 257\n", "2: hwrng.credit: '257' is not accepted", "0..256")]
    [TestCase("[hwrng]\ndevice = hwrng\n", "2: hwrng.device: 'hwrng' is not accepted", "absolute path")]
    [TestCase("[hwrng]\nenabled = maybe\n", "2: hwrng.enabled: 'maybe' is not accepted", "yes or no")]
    [TestCase("[serve]\nsocket = relative\n", "2: serve.socket: 'relative' is not accepted", "absolute path")]
    public void A_mistake_names_file_line_key_value_and_what_is_accepted(string text, string problem, string hint)
    {
        string file = WriteFile(text);
        CommandException error = Assert.Throws<CommandException>(() => SettingsLoader.Load(file, _ => null, []));
        Assert.Multiple(() =>
        {
            Assert.That(error.Message, Is.EqualTo($"{file}:{problem}"));
            Assert.That(error.Hint, Does.Contain(hint));
            Assert.That(error.ExitCode, Is.EqualTo(ExitCodes.Configuration));
        });
    }

    [Test]
    public void Every_mistake_is_named_at_once()
    {
        string file = WriteFile("early = 1\n[jitter]\ncredit = 257\nnonsense\n[cpu\ncredit = -1\n[noise]\nkey = 1\n[cpu]\ncredit = 1\n");
        CommandException error = Assert.Throws<CommandException>(
            () => SettingsLoader.Load(file, name => name == "LRNG_KERNEL_CREDIT" ? "many" : null, [KeyValuePair.Create("serve.transport", "usb")]));
        Assert.That(error.Mistakes.Select(mistake => mistake.Message), Is.EqualTo(new[]
        {
            $"{file}:1: 'early' stands before the first section",
            $"{file}:4: 'nonsense' is not an assignment",
            $"{file}:5: '[cpu' is not a section",
            $"{file}:3: jitter.credit: '257' is not accepted",
            $"{file}:8: unknown setting 'noise.key'",
            "environment variable LRNG_KERNEL_CREDIT: kernel.credit: 'many' is not accepted",
            "command line: serve.transport: 'usb' is not accepted",
        }));
        Assert.That(error.Mistakes.Select(mistake => mistake.ExitCode), Is.All.EqualTo(ExitCodes.Configuration));
    }

    [Test]
    public void Every_wrong_combination_is_named_at_once()
    {
        string file = WriteFile("[seeding]\nsp800_90c = yes\nhash = sha256\n[kernel]\ncredit = 1\n");
        CommandException error = Assert.Throws<CommandException>(() => SettingsLoader.Load(file, _ => null, []));
        Assert.That(error.Mistakes, Has.Count.EqualTo(2));
    }

    [TestCase("[seeding]\nsp800_90c = yes\n", 0, null)]
    [TestCase("[seeding]\nsp800_90c = yes\n[kernel]\ncredit = 0\n", 0, null)]
    [TestCase("[seeding]\nsp800_90c = yes\nhash = sha384\n", 0, null)]
    [TestCase("[seeding]\nsp800_90c = yes\nhash = sha3-256\n", 0, "seeding.hash = sha3-256 cannot stand with seeding.sp800_90c")]
    [TestCase("[seeding]\nsp800_90c = yes\nhash = sha256\n", 0, "seeding.hash = sha256 cannot stand with seeding.sp800_90c")]
    [TestCase("[seeding]\nsp800_90c = yes\n[kernel]\ncredit = 1\n", 1, "kernel.credit = 1 cannot stand with seeding.sp800_90c")]
    [TestCase("[seeding]\nsp800_90c = yes\n[kernel]\ncredit = 128\n", 1, "kernel.credit = 128 cannot stand with seeding.sp800_90c")]
    [TestCase("[seeding]\nsp800_90c = yes\nntg1 = 2024\n[cpu]\ncredit = 0\n", 0, "seeding.ntg1 wants two credited sources, and 1 of")]
    public void Sp800_90c_takes_assessed_sources_and_a_wide_hash(string text, int credit, string? problem)
    {
        string file = WriteFile(text);
        if (problem is null)
        {
            Assert.That(SettingsLoader.Load(file, _ => null, []).KernelCredit, Is.EqualTo(credit));
            return;
        }

        CommandException error = Assert.Throws<CommandException>(() => SettingsLoader.Load(file, _ => null, []));
        Assert.That(error.Message, Does.StartWith(problem));
        Assert.That(error.ExitCode, Is.EqualTo(ExitCodes.Configuration));
    }

    [TestCase("[seeding]\nntg1 = 2024\n[jitter]\ncredit = 0\n[kernel]\ncredit = 0\n", false)]
    [TestCase("[seeding]\nntg1 = 2024\n[jitter]\ncredit = 0\n", true)]
    [TestCase("[seeding]\nntg1 = off\n[jitter]\ncredit = 0\n[kernel]\ncredit = 0\n", true)]
    [TestCase("[seeding]\nntg1 = 2024\n[cpu]\ncredit = 0\n[kernel]\ncredit = 0\n[hwrng]\ncredit = 256\n", true)]
    [TestCase("[seeding]\nntg1 = 2024\n[cpu]\ncredit = 0\n[kernel]\ncredit = 0\n[hwrng]\ncredit = 0\n", false)]
    [TestCase("[seeding]\nntg1 = 2024\n[cpu]\ncredit = 0\n[kernel]\ncredit = 0\n[hwrng]\nenabled = no\ncredit = 256\n", false)]
    public void Ntg1_wants_two_credited_sources(string text, bool accepted)
    {
        string file = WriteFile(text);
        if (accepted)
        {
            Assert.That(() => SettingsLoader.Load(file, _ => null, []), Throws.Nothing);
            return;
        }

        CommandException error = Assert.Throws<CommandException>(() => SettingsLoader.Load(file, _ => null, []));
        Assert.That(error.Message, Does.StartWith("seeding.ntg1 wants two credited sources, and 1 of"));
        Assert.That(error.ExitCode, Is.EqualTo(ExitCodes.Configuration));
    }

    [TestCase("", 128, "half of what a hardware generator gives")]
    [TestCase("[hwrng]\ncredit = 256\n", 256, "set by the administrator")]
    [TestCase("[seeding]\nsp800_90c = yes\n", 0, "not an assessed entropy source (SP 800-90C)")]
    [TestCase("[seeding]\nsp800_90c = yes\n[hwrng]\ncredit = 128\n", 128, "set by the administrator")]
    public void A_hardware_generator_is_credited_with_sp800_90c_only_if_somebody_says_so(string text, int bits, string reason)
    {
        DaemonSettings settings = SettingsLoader.Load(WriteFile(text), _ => null, []);
        Assert.That(settings.HardwareCreditLimit, Is.EqualTo(new LrngEngine.Sources.SourceCredit(bits, reason)));
        Assert.That(
            (settings.HardwareEnabled, settings.HardwareDevice, settings.HardwareBytesPerSecond), Is.EqualTo((true, "/dev/hwrng", 1024)));
    }

    [Test]
    public void A_mistake_in_the_environment_names_the_variable()
    {
        CommandException error = Assert.Throws<CommandException>(
            () => SettingsLoader.Load(WriteFile(""), name => name == "LRNG_JITTER_CREDIT" ? "many" : null, []));
        Assert.That(error.Message, Is.EqualTo("environment variable LRNG_JITTER_CREDIT: jitter.credit: 'many' is not accepted"));
    }

    [Test]
    public void A_missing_file_is_named()
    {
        CommandException error = Assert.Throws<CommandException>(() => SettingsLoader.Load("/nonexistent/lrng.conf", _ => null, []));
        Assert.That(error.Message, Does.Contain("/nonexistent/lrng.conf"));
        Assert.That(error.ExitCode, Is.EqualTo(ExitCodes.Configuration));
    }

    private static string WriteFile(string text)
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{TestContext.CurrentContext.Test.ID}.conf");
        File.WriteAllText(path, text);
        return path;
    }
}
