// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.Tests.Crypto;

[TestFixture("portable")]
[TestFixture("v128")]
[TestFixture("v256")]
[TestFixture("v512")]
internal sealed class ChaCha20DrngTests(string kernelName)
{
    private ChaCha20Kernel _kernel;

    private static IEnumerable<DrngVector> Vectors => ChaCha20DrngVectors.All;

    [OneTimeSetUp]
    public void Require_kernel() => _kernel = Kernels.Require(kernelName);

    [TestCaseSource(nameof(Vectors))]
    public void Known_answer(DrngVector vector) => Assert.That(Run(vector), Is.Empty);

    [TestCaseSource(nameof(Vectors))]
    public void Changed_expectation_fails(DrngVector vector) =>
        Assert.That(vector.WithChangedExpectation().Select(Run), Is.Not.Empty.And.All.Count.EqualTo(1));

    [TestCaseSource(nameof(Vectors))]
    public void Changed_input_fails(DrngVector vector) =>
        Assert.That(vector.WithChangedInput().Select(Run), Is.Not.Empty.And.All.Not.Empty);

    [Test]
    public void Name_and_strength_are_those_of_the_reference()
    {
        using var view = new ArenaView();
        using var drng = new ChaCha20Drng(view.Arena, _kernel);
        Assert.That(drng.Name, Is.EqualTo("ChaCha20 DRNG"));
        Assert.That(drng.SecurityStrengthBits, Is.EqualTo(256));
    }

    [Test]
    public void Empty_seed_and_empty_request_change_nothing()
    {
        using var view = new ArenaView();
        using var drng = new ChaCha20Drng(view.Arena, _kernel);
        byte[] before = view.Snapshot();
        drng.Seed([]);
        drng.Generate([]);

        Assert.That(view.Snapshot(), Is.EqualTo(before));
    }

    // A length for each way through: less than a block, with and without key material to spare; part of a group; whole groups;
    // a group whose key material lies behind it.
    [TestCase(16)]
    [TestCase(33)]
    [TestCase(100)]
    [TestCase(4096)]
    [TestCase(4096 - 1)]
    public void Only_the_state_remains_after_a_request(int bytes)
    {
        using var view = new ArenaView();
        using var drng = new ChaCha20Drng(view.Arena, _kernel);
        drng.Seed([1]);
        drng.Generate(new byte[bytes]);
        byte[] state = System.Runtime.InteropServices.MemoryMarshal.AsBytes(drng.State).ToArray();
        byte[] memory = view.Snapshot();
        int at = memory.AsSpan().IndexOf(state);
        memory.AsSpan(at, state.Length).Clear();

        Assert.That(memory, Is.All.Zero);
    }

    [Test]
    public void Dispose_wipes_and_gives_back()
    {
        using var view = new ArenaView();
        var drng = new ChaCha20Drng(view.Arena, _kernel);
        drng.Seed([1]);
        drng.Dispose();
        drng.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(view.Snapshot(), Is.All.Zero);
            Assert.That(() => drng.Seed([1]), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => drng.Generate(new byte[1]), Throws.TypeOf<ObjectDisposedException>());
        });
    }

    [Test]
    public void A_full_arena_gives_back_what_was_taken()
    {
        using var arena = new SecretArena(4096);
        using SecretBuffer others = arena.Allocate(4096 - 64);

        Assert.That(() => new ChaCha20Drng(arena, _kernel), Throws.InvalidOperationException);
        Assert.That(() => arena.Allocate(64).Dispose(), Throws.Nothing);
    }

    private IReadOnlyList<string> Run(DrngVector vector)
    {
        using var arena = new SecretArena(4096);
        using var drng = new ChaCha20Drng(arena, _kernel);
        return vector.Run(drng);
    }
}
