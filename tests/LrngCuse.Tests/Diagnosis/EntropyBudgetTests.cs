// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Diagnosis;
using LrngCuse.Hosting.Configuration;
using LrngEngine.Sources.HardwareRng;

namespace LrngCuse.Tests.Diagnosis;

[TestFixture]
internal sealed class EntropyBudgetTests
{
    private static readonly MachineSources s_plain = new(HasCpuGenerator: true, default);
    private static readonly MachineSources s_withHardware = new(HasCpuGenerator: true, new HardwareIdentity("virtio_rng.0", 1024));
    private static readonly string[] s_nothing = ["jitter.credit = 0", "cpu.credit = 0", "kernel.credit = 0"];

    [Test]
    public void Every_credited_source_is_counted() => Assert.That(
        Check(s_plain), Is.EqualTo(new[] { new Finding("entropy", "credited: jitter 16, cpu 8, kernel 128 of 256 bits") }));

    [Test]
    public void A_hardware_generator_is_counted_by_quality_and_setting()
    {
        Assert.That(Check(s_withHardware, s_nothing).Single().Text, Is.EqualTo("credited: hwrng (virtio_rng.0) 128 of 256 bits"));
        MachineSources poor = s_withHardware with { Hardware = new HardwareIdentity("virtio_rng.0", 100) };
        Assert.That(Check(poor, s_nothing).Single().Text, Is.EqualTo("credited: hwrng (virtio_rng.0) 25 of 256 bits"));
    }

    [TestCase("hwrng.enabled = no")]
    [TestCase("hwrng.credit = 0")]
    public void One_that_is_not_used_is_not(string setting) => AssertNothing(Check(s_withHardware, [.. s_nothing, setting]).Single());

    [Test]
    public void One_without_a_quality_is_not() =>
        AssertNothing(Check(s_withHardware with { Hardware = new HardwareIdentity("timeriomem", 0) }, s_nothing).Single());

    [Test]
    public void One_that_is_counted_on_must_be_there()
    {
        Finding[] findings = Check(s_plain, "hwrng.credit = 200");
        Assert.That(findings[0].Subject, Is.EqualTo("hwrng"));
        Assert.That(findings[0].Text, Does.StartWith("hwrng.credit is set, but the kernel has no hardware generator"));
        Assert.That(findings[0].Fix, Does.Contain("rng_available"));
        Assert.That(findings[1].Fix, Is.Null);
    }

    [Test]
    public void One_that_is_counted_on_must_have_a_quality()
    {
        Finding[] findings = Check(s_withHardware with { Hardware = new HardwareIdentity("timeriomem", 0) }, "hwrng.credit = 200");
        Assert.That(findings[0].Text, Is.EqualTo("hwrng.credit is set, but the kernel states no quality of timeriomem (rng_quality)"));
        Assert.That(findings[0].Fix, Does.Contain("rng_quality"));
    }

    [Test]
    public void A_cpu_without_the_instructions_gives_nothing()
    {
        Finding[] findings = Check(s_plain with { HasCpuGenerator = false }, "jitter.credit = 0", "kernel.credit = 0");
        Assert.That(findings[0].Subject, Is.EqualTo("cpu"));
        AssertNothing(findings[1]);
    }

    [Test]
    public void Ntg1_takes_two_sources_that_are_there()
    {
        string[] settings = ["seeding.ntg1 = 2024", "cpu.credit = 0", "kernel.credit = 0", "hwrng.credit = 256"];
        Assert.That(Check(s_withHardware, settings).Single().Fix, Is.Null);
        Finding[] without = Check(s_plain, settings);
        Assert.That(without[1].Text, Does.StartWith("seeding.ntg1 wants 240 bits of two sources each, and only one is credited and there: jitter 16"));
        Assert.That(without[1].Fix, Does.StartWith("credit a second source"));
    }

    [Test]
    public void Without_repeated_pulls_one_must_do()
    {
        Finding finding = Check(s_plain, "seeding.force_seeding = no").Single();
        Assert.That(finding.Text, Does.StartWith("one pull of all sources is worth 152 bits (jitter 16, cpu 8, kernel 128 of 256)"));
        Assert.That(finding.Fix, Does.StartWith("set seeding.force_seeding = yes"));
        Assert.That(Check(s_withHardware, "seeding.force_seeding = no").Single().Fix, Is.Null, "the pool of a hardware generator is filled ahead");
        Assert.That(Check(s_plain, "seeding.force_seeding = no", "interrupts.events_per_256_bits = 256").Single().Fix, Is.Null);
    }

    [Test]
    public void A_daemon_that_a_feeder_seeded_lacks_nothing() =>
        Assert.That(EntropyBudget.Check(Settings(s_nothing), s_plain, seeded: true).Single().Fix, Is.Null);

    [Test]
    public void The_machine_is_read_from_proc_and_sys()
    {
        string root = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string sysfs = Path.Combine(root, "sys/class/misc/hw_random");
            Directory.CreateDirectory(sysfs);
            Directory.CreateDirectory(Path.Combine(root, "proc"));
            File.WriteAllText(Path.Combine(sysfs, "rng_current"), "tpm-rng-0\n");
            File.WriteAllText(Path.Combine(sysfs, "rng_quality"), "500\n");
            Assert.That(MachineSources.Read(root), Is.EqualTo(new MachineSources(HasCpuGenerator: false, new HardwareIdentity("tpm-rng-0", 500))));
            File.WriteAllText(Path.Combine(root, "proc/cpuinfo"), "flags\t\t: fpu rdrand\n");
            Assert.That(MachineSources.Read(root).HasCpuGenerator, Is.True);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void AssertNothing(Finding finding)
    {
        Assert.That(finding.Text, Does.StartWith("no source is credited"));
        Assert.That(finding.Fix, Does.StartWith("credit a source"));
    }

    private static Finding[] Check(MachineSources machine, params string[] settings) =>
        [.. EntropyBudget.Check(Settings(settings), machine, seeded: false)];

    private static DaemonSettings Settings(string[] settings) => SettingsLoader.Merge(
        settings.Select(setting => setting.Split(" = ")).Select(setting => new IniEntry(setting[0], setting[1], "test")));
}
