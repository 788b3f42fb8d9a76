// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.SelfTests;

namespace LrngEngine.Tests.SelfTests;

/// <summary>Everything that the registries list is tested, and a fault in any of it is found.</summary>
[TestFixture]
internal sealed class SelfTestSuiteTests
{
    private static IEnumerable<DrngFactory> Mechanisms => Drngs.All;

    private static IEnumerable<ConditioningHashFactory> Hashes => ConditioningHashes.All;

    private static SelfTestSuite Default => new(ConditioningHashes.Default, Drngs.Default, ChaCha20Kernels.Best.Name);

    private static IEnumerable<TestCaseData> Tests => Default.All.Select(test => new TestCaseData(test).SetArgDisplayNames(test.Name));

    [TestCaseSource(nameof(Tests))]
    public void A_sound_program_passes(KnownAnswerTest test) => Assert.That(test.Run(), Is.Null);

    [Test]
    public void Each_has_a_name_of_its_own() => Assert.That(Default.All.Select(test => test.Name), Is.Unique);

    [TestCaseSource(nameof(Mechanisms))]
    public void Every_mechanism_is_tested_with_every_kernel(DrngFactory drng)
    {
        IEnumerable<string> kernels = drng.Name switch
        {
            "chacha20" => ChaCha20Kernels.All.Select(kernel => kernel.Name),
            "ctr-aes256" => AesKernels.All.Select(kernel => kernel.Name),
            "hash-sha256" => HashgenKernels.Sha256.All.Select(kernel => kernel.Name),
            "hash-sha384" or "hash-sha512" => HashgenKernels.Sha512.All.Select(kernel => kernel.Name),
            "hash-sha3-512" => HashgenKernels.Sha3.All.Select(kernel => kernel.Name),
            _ => ["portable"],
        };
        foreach (string kernel in kernels)
        {
            Assert.That(Default.All.Select(test => test.Name), Has.Some.StartsWith($"{drng.Name} ({kernel})"));
        }
    }

    [TestCaseSource(nameof(Hashes))]
    public void Every_hash_is_tested_at_start(ConditioningHashFactory hash) =>
        Assert.That(Default.InUse.Select(test => test.Name), Has.Exactly(2).StartsWith($"{hash.Name} of"));

    [Test]
    public void Every_area_is_tested_at_start() => Assert.That(
        Default.InUse.Select(test => test.Area).Distinct(), Is.EquivalentTo(Enum.GetValues<SelfTestAreas>().Skip(1)));

    [TestCaseSource(nameof(Mechanisms))]
    public void A_fault_of_the_drng_in_use_is_found_at_start(DrngFactory drng)
    {
        var suite = new SelfTestSuite(ConditioningHashes.Default, WrongDrng.Of(drng), "best");
        string[] failing = [.. suite.InUse.Where(test => test.Run() is not null).Select(test => test.Name)];
        Assert.That(failing, Is.Not.Empty.And.All.StartsWith($"{drng.Name} (best)"));
    }

    [TestCaseSource(nameof(Hashes))]
    public void A_fault_of_the_hash_in_use_is_found_at_start(ConditioningHashFactory hash)
    {
        var suite = new SelfTestSuite(WrongHash.Of(hash), Drngs.Default, "best");
        string[] failing = [.. suite.InUse.Where(test => test.Run() is not null).Select(test => test.Name)];
        Assert.That(failing, Has.Length.EqualTo(2).And.All.StartsWith($"{hash.Name} of"));
    }

    [TestCaseSource(nameof(Mechanisms))]
    public void The_error_handling_of_the_mechanism_is_tested_at_start(DrngFactory drng)
    {
        var suite = new SelfTestSuite(ConditioningHashes.Default, drng, "best");
        string family = drng.Name.Split('-')[0];
        Assert.That(
            suite.InUse.Select(test => test.Name).Where(name => name.EndsWith("error handling", StringComparison.Ordinal)),
            family == "chacha20" ? Is.Empty : Has.Exactly(1).StartsWith($"{family}-"));
    }

    // Groups of blocks, single blocks and the lanes of Hashgen are different code: a fault in one of them must not hide behind
    // the others.
    [Test]
    public void A_fault_in_long_output_alone_is_found([Values("chacha20", "ctr-aes256", "hash-sha512")] string name)
    {
        DrngFactory drng = Drngs.All.Single(drng => drng.Name == name);
        DrngFactory wrong = drng with { Create = arena => new WrongLongOutput(drng.Create(arena)) };
        var suite = new SelfTestSuite(ConditioningHashes.Default, wrong, "best");
        Assert.That(suite.InUse.Count(test => test.Run() is not null), Is.EqualTo(1));
    }

    [Test]
    public void A_drng_of_the_callers_own_is_its_makers_affair()
    {
        var own = new DrngFactory("own", 256, Drngs.Default.Create);
        var suite = new SelfTestSuite(ConditioningHashes.Default, own, "own");
        Assert.That(suite.InUse.Select(test => test.Area), Has.None.EqualTo(SelfTestAreas.Drng));
    }

    private sealed class WrongLongOutput(LrngEngine.Crypto.Drng drng) : LrngEngine.Crypto.Drng
    {
        public override string Name => drng.Name;

        public override int SecurityStrengthBits => drng.SecurityStrengthBits;

        public override void Seed(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> additionalInput = default) =>
            drng.Seed(seed, additionalInput);

        public override void Generate(Span<byte> output, ReadOnlySpan<byte> additionalInput = default)
        {
            drng.Generate(output, additionalInput);
            output[^1] ^= output.Length > 1000 ? (byte)1 : (byte)0;
        }

        public override void Dispose() => drng.Dispose();
    }
}
