// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources.Cpu;

namespace LrngEngine.Tests.Sources.Cpu;

[TestFixture]
internal sealed class AbsentCpuGeneratorTests
{
    [Test]
    public void It_has_nothing_and_gives_nothing()
    {
        var generator = new AbsentCpuGenerator();
        Assert.That((generator.HasRdseed, generator.HasRdrand), Is.EqualTo((false, false)));
        Assert.That(generator.TryRdseed(out ulong seed), Is.False);
        Assert.That(generator.TryRdrand(out ulong random), Is.False);
        Assert.That((seed, random), Is.EqualTo((0UL, 0UL)));
    }
}
