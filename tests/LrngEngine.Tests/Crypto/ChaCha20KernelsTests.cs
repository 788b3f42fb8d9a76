// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

[TestFixture]
internal sealed class ChaCha20KernelsTests
{
    [Test]
    public void Known_are_four_and_the_portable_one_always_runs()
    {
        Assert.That(ChaCha20Kernels.Known.Select(kernel => kernel.Name), Is.EqualTo(new[] { "portable", "v128", "v256", "v512" }));
        Assert.That(ChaCha20Kernels.All[0].Name, Is.EqualTo("portable"));
    }

    [Test]
    public void Best_is_the_widest_supported() =>
        Assert.That(ChaCha20Kernels.Best, Is.SameAs(ChaCha20Kernels.Known.Last(kernel => kernel.IsSupported)));

    [Test]
    public void All_are_exactly_the_supported() =>
        Assert.That(ChaCha20Kernels.All, Is.EqualTo(ChaCha20Kernels.Known.Where(kernel => kernel.IsSupported)));

    [TestCase("")]
    [TestCase("V512")]
    [TestCase("avx512")]
    public void Other_names_are_not_found(string name)
    {
        Assert.That(ChaCha20Kernels.TryFind(name, out ChaCha20Kernel? found), Is.False);
        Assert.That(found, Is.Null);
    }

    [Test]
    public void A_null_name_is_refused() => Assert.That(() => ChaCha20Kernels.TryFind(null!, out _), Throws.ArgumentNullException);
}
