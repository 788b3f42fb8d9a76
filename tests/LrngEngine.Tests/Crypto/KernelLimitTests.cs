// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

[TestFixture]
internal sealed class KernelLimitTests
{
    [Test]
    public void Kernels_are_no_wider_than_the_limit()
    {
        foreach (string limit in KernelLimit.Names)
        {
            int bits = KernelLimit.Parse(limit);
            Assert.Multiple(() =>
            {
                Check(ChaCha20Kernels.List, bits);
                Check(AesKernels.List, bits);
                Check(HashgenKernels.Sha256, bits);
                Check(HashgenKernels.Sha512, bits);
                Check(HashgenKernels.Sha3, bits);
            });
        }
    }

    [TestCase("portable", 0)]
    [TestCase("v128", 128)]
    [TestCase("v256", 256)]
    [TestCase("v512", 512)]
    public void A_name_is_a_width(string name, int bits)
    {
        Assert.That(KernelLimit.Parse(name), Is.EqualTo(bits));
        Assert.That(ChaCha20Kernels.Known.Single(kernel => kernel.Name == name).VectorBits, Is.EqualTo(bits));
    }

    [TestCase("")]
    [TestCase("V512")]
    [TestCase("v1024")]
    public void Another_name_is_refused_with_what_is_accepted(string name) =>
        Assert.That(
            () => KernelLimit.Parse(name),
            Throws.InvalidOperationException.With.Message.EqualTo(
                $"LrngEngine.Crypto.Kernels = '{name}': accepted are portable, v128, v256, v512"));

    // The best of the list is the widest that the CPU runs, but for the limit.
    private static void Check<TKernel>(KernelList<TKernel> kernels, int bits)
        where TKernel : class, IKernel
    {
        TKernel chosen = kernels.Widest(bits);
        Assert.That(chosen.IsSupported, Is.True, chosen.Name);
        Assert.That(chosen.VectorBits, Is.LessThanOrEqualTo(bits), chosen.Name);
        Assert.That(
            kernels.All.Select(kernel => kernel.VectorBits).Where(other => other > chosen.VectorBits), Is.All.GreaterThan(bits));
    }
}
