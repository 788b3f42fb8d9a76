// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Generators;

/// <summary>The members that give bytes, and their gates.</summary>
[TestFixture]
internal sealed class OutputTests
{
    [Test]
    public void Random_bytes_never_wait_even_before_the_start()
    {
        using var fixture = new GeneratorFixture();
        byte[] first = new byte[32];
        byte[] second = new byte[32];
        fixture.Generator.GetRandomBytes(first);
        fixture.Generator.Start();
        fixture.Generator.GetRandomBytes(second);
        Assert.That(first, Is.Not.EqualTo(second).And.Not.All.Zero);
        Assert.That(fixture.Generator.Status.Level, Is.EqualTo(SeedLevel.Unseeded));
    }

    [Test]
    public void The_gates_open_at_their_level([Values(32, 128, 256)] int level)
    {
        using var fixture = new GeneratorFixture();
        fixture.StartAndAwait((SeedLevel)level);
        Assert.That(Passes(token => fixture.Generator.GetRandomBytesMin(new byte[16], token)), Is.EqualTo(level >= 128), "min");
        Assert.That(Passes(token => fixture.Generator.GetRandomBytesFull(new byte[16], token)), Is.EqualTo(level >= 256), "full");
        Assert.That(
            Passes(token => fixture.Generator.GetRandomBytesPredictionResistant(new byte[16], token)), Is.EqualTo(level >= 256), "pr");
    }

    [Test]
    public async Task A_waiting_caller_is_served_when_its_level_is_reached()
    {
        using var fixture = new GeneratorFixture();
        fixture.Generator.Start();
        byte[] minimal = new byte[32];
        byte[] full = new byte[32];
        Task minimalDone = GeneratorFixture.RunUntilItWaits(() => fixture.Generator.GetRandomBytesMin(minimal));
        Task fullDone = GeneratorFixture.RunUntilItWaits(() => fixture.Generator.GetRandomBytesFull(full));
        fixture.FeedUntil(SeedLevel.MinimallySeeded);
        await minimalDone;
        Assert.That(fullDone.IsCompleted, Is.False);
        fixture.FeedUntil(SeedLevel.FullySeeded);
        await fullDone;
        Assert.That(minimal, Is.Not.EqualTo(full).And.Not.All.Zero);
        Assert.That(full, Is.Not.All.Zero);
    }

    [Test]
    public async Task A_caller_may_give_up()
    {
        using var fixture = new GeneratorFixture();
        using var cancellation = new CancellationTokenSource();
        fixture.Generator.Start();
        Task done = GeneratorFixture.RunUntilItWaits(() => fixture.Generator.GetRandomBytesFull(new byte[1], cancellation.Token));
        await cancellation.CancelAsync();
        await Assert.ThatAsync(async () => await done, Throws.InstanceOf<OperationCanceledException>());

        fixture.FeedUntil(SeedLevel.FullySeeded);
        Assert.That(
            () => fixture.Generator.GetRandomBytesFull(new byte[1], cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void What_was_written_before_an_exception_is_zero_again()
    {
        // The first piece costs the generator its seed, the handler cancels, and the read waits for neither.
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var fixture = new GeneratorFixture(options => options with { MaximumWithoutFullReseed = 1 });
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Generator.LevelChanged += (_, _) => cancellation.Cancel();
        byte[] output = new byte[1024 * 1024];
        Assert.That(
            () => fixture.Generator.GetRandomBytesFull(output, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(output, Is.All.Zero);
    }

    [Test]
    public void Nothing_asked_for_passes_every_gate()
    {
        using var fixture = new GeneratorFixture();
        var cancelled = new CancellationToken(canceled: true);
        Assert.Multiple(() =>
        {
            Assert.That(() => fixture.Generator.GetRandomBytes([]), Throws.Nothing);
            Assert.That(() => fixture.Generator.GetRandomBytesMin([], cancelled), Throws.Nothing);
            Assert.That(() => fixture.Generator.GetRandomBytesFull([], cancelled), Throws.Nothing);
            Assert.That(() => fixture.Generator.GetRandomBytesPredictionResistant([], cancelled), Is.Zero);
        });
    }

    [Test]
    public void Waiting_without_a_start_is_refused()
    {
        using var fixture = new GeneratorFixture();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Assert.Multiple(() =>
        {
            AssertRefused(() => fixture.Generator.GetRandomBytesMin(new byte[1], patience.Token));
            AssertRefused(() => fixture.Generator.GetRandomBytesFull(new byte[1], patience.Token));
            AssertRefused(() => fixture.Generator.GetRandomBytesPredictionResistant(new byte[1], patience.Token));
            AssertRefused(() => fixture.Generator.ReseedAsync());
        });

        void AssertRefused(Action call) =>
            Assert.That(call, Throws.InvalidOperationException.With.Message.StartsWith("Start() was not called"));
    }

    [TestCase(1)]
    [TestCase(4096)]
    [TestCase(65_536)]
    [TestCase(65_537)]
    [TestCase(1_000_003)]
    public void Any_length_is_served_whole(int length)
    {
        using var fixture = new GeneratorFixture();
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        byte[] output = new byte[length + 16];
        fixture.Generator.GetRandomBytesFull(output.AsSpan(0, length));
        Assert.That(output[length..], Is.All.Zero, "written past the end");
        Assert.That(fixture.Generator.Status.Nodes[0].GeneratedBytes, Is.EqualTo(length));
        if (length >= 16)
        {
            // False alarm: 2^-128.
            Assert.That(output[(length - 16)..length], Is.Not.All.Zero);
        }
    }

    [Test]
    public unsafe void The_longest_span_is_served()
    {
        if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < 6L << 30)
        {
            Assert.Ignore("6 GiB of memory");
        }

        using var fixture = new GeneratorFixture();
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        void* memory = NativeMemory.AllocZeroed(int.MaxValue);
        try
        {
            var output = new Span<byte>(memory, int.MaxValue);
            fixture.Generator.GetRandomBytesFull(output);
            Assert.That(output[^16..].ContainsAnyExcept((byte)0), Is.True);
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }

    [Test]
    public void Prediction_resistant_bytes_are_paid_for_by_a_pull_each()
    {
        using var fixture = new GeneratorFixture();
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Feed(320);
        byte[] output = new byte[100];
        Assert.That(fixture.Generator.GetRandomBytesPredictionResistant(output), Is.EqualTo(40), "pulls of 256 and 64 bits");
        Assert.That(output[24..40], Is.Not.All.Zero);
        Assert.That(output[40..], Is.All.Zero);
        Assert.That(fixture.Generator.GetRandomBytesPredictionResistant(output), Is.Zero, "drained");

        LrngEngine.Drng.PredictionResistanceReport report = fixture.Generator.Status.PredictionResistance;
        Assert.That((report.Pulls, report.GeneratedBytes), Is.EqualTo((3L, 40L)));
    }

    [Test]
    public async Task A_caller_whose_generator_loses_its_seed_waits_for_the_next()
    {
        // An operation is 4096 bytes; the second one is the last with this seed.
        using var fixture = new GeneratorFixture(options => options with { MaximumWithoutFullReseed = 1 });
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        byte[] output = new byte[100_000];
        Task done = GeneratorFixture.RunUntilItWaits(() => fixture.Generator.GetRandomBytesFull(output));
        Assert.That(fixture.Generator.Status.Operational, Is.False);
        Assert.That(() => fixture.Generator.GetRandomBytes(new byte[1]), Throws.Nothing);
        fixture.Feed(256);
        await done;
        Assert.That(output[^16..], Is.Not.All.Zero);
    }

    // Served at once, or would it wait?
    private static bool Passes(Action<CancellationToken> call)
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(20));
        try
        {
            // The token stops only a caller that waits: at level 256 nothing is left to wait for.
            call(cancellation.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
