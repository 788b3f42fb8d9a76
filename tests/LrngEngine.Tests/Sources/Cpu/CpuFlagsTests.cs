// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources.Cpu;

namespace LrngEngine.Tests.Sources.Cpu;

[TestFixture]
internal sealed class CpuFlagsTests
{
    [Test]
    public void Flags_of_x86_are_whole_words_of_the_flags_line()
    {
        CpuFlags flags = Parse("processor\t: 0\nmodel name\t: rdseed 5000\nflags\t\t: fpu rdrand rdseed_not aes\nbugs\t\t: rdseed\n");
        Assert.That((flags.HasRdrand, flags.HasRdseed, flags.Has("aes")), Is.EqualTo((true, false, true)));
    }

    [Test]
    public void A_flag_counts_if_every_cpu_has_it()
    {
        CpuFlags flags = Parse("flags : rdrand rdseed\n\nflags : rdrand\n");
        Assert.That((flags.HasRdrand, flags.HasRdseed), Is.EqualTo((true, false)));
    }

    [Test]
    public void Flags_of_arm64_are_the_features_line() =>
        Assert.That(Parse("processor : 0\nFeatures\t: fp asimd rng\n").HasArmRandom, Is.True);

    [TestCase("")]
    [TestCase("flags")]
    [TestCase("flags :")]
    [TestCase("my flags : rdrand")]
    public void Anything_else_has_none(string text) => Assert.That(Parse(text).HasRdrand, Is.False);

    [Test]
    public void A_missing_file_has_none() => Assert.That(CpuFlags.Read("/nonexistent/cpuinfo").HasRdrand, Is.False);

    [FsCheck.NUnit.Property(Replay = "20260101,7")]
    public bool Any_text_parses(string? text) => Parse(text ?? "").Has("no such flag") == false;

    private static CpuFlags Parse(string text)
    {
        using var reader = new StringReader(text);
        return CpuFlags.Parse(reader);
    }
}
