// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.Tests.Crypto;

/// <summary>A kernel whose instructions are not there is refused before it can stop the program.</summary>
[TestFixture]
internal sealed unsafe class AbsentKernelTests
{
    private readonly Absent _kernel = new();

    [Test]
    public void It_generates_nothing()
    {
        byte[] output = new byte[64];
        Assert.That(
            () => _kernel.Generate(new uint[16], output),
            Throws.TypeOf<PlatformNotSupportedException>().With.Message.Contains("absent"));
        Assert.That(output, Is.All.Zero);
    }

    [Test]
    public void No_drng_is_made_of_it()
    {
        using var arena = new SecretArena(4096);
        Assert.That(
            () => new ChaCha20Drng(arena, _kernel), Throws.TypeOf<PlatformNotSupportedException>().With.Message.Contains("absent"));
    }

    private sealed class Absent() : ChaCha20Kernel("absent", 1)
    {
        public override bool IsSupported => false;

        private protected override void GenerateGroupsCore(uint* state, byte* output, int groups) =>
            throw new InvalidOperationException("an illegal instruction");
    }
}
