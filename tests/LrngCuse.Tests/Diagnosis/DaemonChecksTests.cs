// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Control;
using LrngCuse.Diagnosis;
using LrngEngine.Sources.HardwareRng;

namespace LrngCuse.Tests.Diagnosis;

[TestFixture]
internal sealed class DaemonChecksTests
{
    [TestCase("running", 512, null, null)]
    [TestCase("starting", 0, null, null)]
    [TestCase("failed", 0, "health test failed for good", "if it fails again replace it")]
    [TestCase("waiting", 512, "gave entropy and is gone", "see dmesg")]
    [TestCase("waiting", 0, null, null)]
    [TestCase("unavailable", 512, "gave entropy and is gone", "see dmesg")]
    [TestCase("unavailable", 0, "the kernel has tpm-rng-0, and the daemon does not get it", "udevadm trigger")]
    public void A_hardware_generator(string state, long creditedBits, string? text, string? fix)
    {
        Finding? finding = DaemonChecks.Check(Feed(state, creditedBits), new HardwareIdentity("tpm-rng-0", 1024));
        Assert.That(finding?.Fix, fix is null ? Is.Null : Does.Contain(fix));
        Assert.That(finding?.Text, text is null ? Is.Null : Does.Contain(text));
    }

    [Test]
    public void A_machine_without_one_is_well()
    {
        Finding? finding = DaemonChecks.Check(Feed("unavailable", 0), default);
        Assert.That((finding?.Fix, finding?.Text), Is.EqualTo(((string?)null, "there is none: health test failed for good")));
    }

    [Test]
    public void One_that_failed_a_test_and_runs_is_a_finding() => Assert.That(
        DaemonChecks.Check(Feed("running", 512, failures: 2), new HardwareIdentity("tpm-rng-0", 1024))!.Text,
        Does.Contain("failed its health test 2 times, last: repetition"));

    private static HardwareRngDocument Feed(string state, long creditedBits, long failures = 0) => new(
        state == "unavailable" ? null : "tpm-rng-0", state, 1024, 128, "health test failed for good", 1024, creditedBits, new HealthDocument(1, 2, 3, 4, 512, failures, "repetition"));
}
