// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngEngine.Sources.Cpu;

namespace LrngCuse.Tests.Interop;

/// <summary>The native boundary.</summary>
[TestFixture]
internal sealed class ShimTests
{
    [Test]
    public void The_shim_and_the_program_belong_together() => Assert.That(Shim.CheckAbi, Throws.Nothing);

    [Test]
    public void A_structure_past_the_last_has_no_size() => Assert.That(Shim.lrng_shim_struct_size(1000), Is.Zero);

    [Test]
    public void The_cycle_counter_advances()
    {
        var counter = new ShimCycleCounter();
        ulong before = counter.Read();
        Assert.That(counter.Read(), Is.GreaterThan(before));
    }

    [Test]
    public void The_cpu_generator_gives_different_words_where_the_kernel_allows_it()
    {
        var generator = new ShimCpuGenerator(CpuFlags.Read());
        if (!generator.HasRdrand)
        {
            Assert.Ignore("this CPU, or its kernel, offers no RDRAND");
        }

        Assert.That(generator.TryRdrand(out ulong first) && generator.TryRdrand(out ulong second) && first != second, Is.True);
    }

    [Test]
    public void An_instruction_that_the_kernel_masks_is_not_used()
    {
        using var reader = new StringReader("processor\t: 0\nflags\t\t: fpu tsc\n");
        var generator = new ShimCpuGenerator(CpuFlags.Parse(reader));
        Assert.That((generator.HasRdseed, generator.HasRdrand), Is.EqualTo((false, false)));
    }
}
