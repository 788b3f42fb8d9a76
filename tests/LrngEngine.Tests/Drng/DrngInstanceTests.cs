// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Drng;
using LrngEngine.Memory;

namespace LrngEngine.Tests.Drng;

/// <summary>Injecting and replacing (reference 3.2, 8.6).</summary>
[TestFixture]
internal sealed class DrngInstanceTests
{
    private const GenerateOutcome Done = GenerateOutcome.Done;
    private const GenerateOutcome Due = GenerateOutcome.ReseedDue;

    private SecretArena _arena = null!;

    [SetUp]
    public void SetUp() => _arena = new SecretArena();

    [TearDown]
    public void TearDown() => _arena.Dispose();

    [Test]
    public void A_seed_changes_the_output()
    {
        using DrngInstance plain = Create(key: 1);
        using DrngInstance seeded = Create(key: 1);
        using DrngInstance otherwise = Create(key: 1);
        seeded.Inject([1, 2, 3], [], creditedBits: 24, full: false, seeded.BeginSeeding());
        otherwise.Inject([1, 2, 4], [], creditedBits: 24, full: false, otherwise.BeginSeeding());
        byte[] output = Output(seeded);

        Assert.That(output, Is.Not.EqualTo(Output(plain)));
        Assert.That(output, Is.Not.EqualTo(Output(otherwise)));
    }

    [Test]
    public void A_seed_never_takes_the_full_seed_away()
    {
        using DrngInstance instance = Create(key: 1);
        Assert.That(instance.FullySeeded, Is.False);
        instance.Inject([1], [], creditedBits: 256, full: true, instance.BeginSeeding());
        instance.Inject([2], [], creditedBits: 0, full: false, instance.BeginSeeding());
        Assert.That(instance.FullySeeded, Is.True);
    }

    [Test]
    public void A_successor_carries_on_with_what_the_old_state_knew()
    {
        using DrngInstance first = Create(key: 1);
        using DrngInstance second = Create(key: 2);
        _ = first.Replace(Drng(key: 3), creditedBits: 256, full: true, first.BeginSeeding());
        _ = second.Replace(Drng(key: 3), creditedBits: 256, full: true, second.BeginSeeding());
        using ChaCha20Drng successor = Drng(key: 3);
        byte[] alone = new byte[32];
        successor.Generate(alone);
        byte[] output = Output(first);

        Assert.That(output, Is.Not.EqualTo(Output(second)), "the old state is mixed in");
        Assert.That(output, Is.Not.EqualTo(alone));
        Assert.That(first.FullySeeded, Is.True);
    }

    [Test]
    public void A_reseed_becomes_due_once()
    {
        using DrngInstance instance = Create(key: 1, new DrngManagerOptions { ReseedThreshold = 3 });
        byte[] chunk = new byte[1];
        Assert.That(Enumerable.Range(0, 6).Select(_ => Outcome(instance, chunk)), Is.EqualTo(new[] { Done, Done, Due, Done, Done, Done }));

        instance.Inject([1], [], creditedBits: 0, full: false, instance.BeginSeeding());
        Assert.That(Enumerable.Range(0, 3).Select(_ => Outcome(instance, chunk)), Is.EqualTo(new[] { Done, Done, Due }));
    }

    [Test]
    public void The_full_seed_is_lost_after_the_maximum_of_operations_and_comes_back_with_a_full_one()
    {
        using DrngInstance instance = Create(key: 1, new DrngManagerOptions { MaximumWithoutFullReseed = 2 });
        byte[] chunk = new byte[1];
        instance.Inject([1], [], creditedBits: 256, full: true, instance.BeginSeeding());
        Assert.That(Enumerable.Range(0, 2).Select(_ => Outcome(instance, chunk)), Is.All.EqualTo(Done));

        // A partial reseed does not start the count anew.
        instance.Inject([1], [], creditedBits: 128, full: false, instance.BeginSeeding());
        Assert.That(Outcome(instance, chunk), Is.EqualTo(GenerateOutcome.SeedLost));
        Assert.That(instance.FullySeeded, Is.False);
        Assert.That(Outcome(instance, chunk), Is.EqualTo(Done), "lost once");

        instance.Inject([1], [], creditedBits: 256, full: true, instance.BeginSeeding());
        Assert.That(instance.FullySeeded, Is.True);
    }

    private static byte[] Output(DrngInstance instance)
    {
        byte[] output = new byte[32];
        _ = Outcome(instance, output);
        return output;
    }

    private static GenerateOutcome Outcome(DrngInstance instance, byte[] chunk)
    {
        int bytes = instance.Generate(chunk, [], withinLimit: true, out GenerateOutcome outcome);
        Assert.That(bytes, Is.EqualTo(chunk.Length), "no limit is in force");
        return outcome;
    }

    private DrngInstance Create(byte key, DrngManagerOptions? options = null) =>
        new(0, Drng(key), _arena, TimeProvider.System, options ?? new DrngManagerOptions(), TimeSpan.FromSeconds(600));

    private ChaCha20Drng Drng(byte key)
    {
        var drng = new ChaCha20Drng(_arena, ChaCha20Kernels.Best);
        drng.Seed([key]);
        return drng;
    }
}
