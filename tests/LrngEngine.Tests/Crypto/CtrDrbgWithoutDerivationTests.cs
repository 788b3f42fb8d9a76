// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.Tests.Crypto;

/// <summary>CTR_DRBG that takes its inputs as they are (SP 800-90A, 10.2.1.3.1, 10.2.1.4.1 and 10.2.1.5.1).</summary>
[TestFixture]
internal sealed class CtrDrbgWithoutDerivationTests
{
    private const int SeedBytes = 48;
    private const int Sequences = 500;

    private static readonly byte[] s_seed = [.. Enumerable.Range(0, SeedBytes).Select(value => (byte)(value * 5))];

    private static IEnumerable<string> KernelNames => AesKernels.All.Select(kernel => kernel.Name);

    [TestCaseSource(nameof(KernelNames))]
    public void Sequences_agree_with_OpenSSL(string kernelName)
    {
        AesKernel kernel = AesKernels.All.Single(known => known.Name == kernelName);
        using var oracle = new OpenSslDrbg("ctr-aes256-nodf");
        for (int number = 0; number < Sequences; number++)
        {
            using var arena = new SecretArena(8192);
            using CtrDrbg drbg = Create(arena, kernel);
            DrbgSequence sequence = DrbgSequence.CreateWithoutDerivation(number, SeedBytes);
            foreach (DrbgCall call in sequence.Calls)
            {
                Assert.That(call.Apply(drbg).AsSpan().SequenceEqual(oracle.Apply(call)), Is.True, $"{call} of {sequence}");
            }
        }
    }

    [TestCase(SeedBytes - 1)]
    [TestCase(SeedBytes + 1)]
    public void Entropy_of_another_length_is_refused(int bytes)
    {
        using var arena = new SecretArena(8192);
        using CtrDrbg drbg = Create(arena, AesKernels.Best);
        Assert.That(() => drbg.Instantiate(new byte[bytes], [], []), Throws.InstanceOf<ArgumentException>());
        drbg.Instantiate(s_seed, [], []);
        Assert.That(() => drbg.Reseed(new byte[bytes]), Throws.InstanceOf<ArgumentException>());
        Assert.That(drbg.State, Is.EqualTo(DrbgState.Ready));
    }

    [Test]
    public void A_nonce_and_longer_inputs_are_refused()
    {
        using var arena = new SecretArena(8192);
        using CtrDrbg drbg = Create(arena, AesKernels.Best);
        Assert.That(() => drbg.Instantiate(s_seed, [1], []), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => drbg.Instantiate(s_seed, [], new byte[SeedBytes + 1]), Throws.InstanceOf<ArgumentException>());
        drbg.Instantiate(s_seed, [], new byte[SeedBytes]);
        Assert.That(() => drbg.Reseed(s_seed, new byte[SeedBytes + 1]), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => drbg.Generate(new byte[1], new byte[SeedBytes + 1]), Throws.InstanceOf<ArgumentException>());
        Assert.That(drbg.ReseedCounter, Is.EqualTo(1));
    }

    // Nothing of the inputs stays where the derivation function would have wiped it.
    [Test]
    public void Inputs_do_not_remain()
    {
        using var view = new ArenaView();
        using CtrDrbg drbg = Create(view.Arena, AesKernels.Best);
        drbg.Instantiate(s_seed, [], []);
        drbg.Reseed(s_seed);
        drbg.Generate(new byte[100], s_seed);
        Assert.That(view.Snapshot().AsSpan().IndexOf(s_seed.AsSpan(0, sizeof(ulong))), Is.Negative);
    }

    private static CtrDrbg Create(SecretArena arena, AesKernel kernel) => new(arena, kernel, derivationFunction: false);
}
