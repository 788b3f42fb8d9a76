// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Generators;

/// <summary>The generator as the platform's type.</summary>
[TestFixture]
internal sealed class LrngRandomNumberGeneratorTests
{
    private GeneratorFixture _fixture = null!;

    [SetUp]
    public void Start()
    {
        _fixture = new GeneratorFixture();
        _fixture.StartAndAwait(SeedLevel.FullySeeded);
    }

    [TearDown]
    public void Stop() => _fixture.Dispose();

    [Test]
    public void Arrays_parts_of_arrays_and_spans_are_filled()
    {
        using RandomNumberGenerator adapter = new LrngRandomNumberGenerator(_fixture.Generator);
        byte[] array = new byte[32];
        byte[] part = new byte[64];
        byte[] span = new byte[32];
        adapter.GetBytes(array);
        adapter.GetBytes(part, 16, 32);
        adapter.GetBytes(span.AsSpan());
        Assert.Multiple(() =>
        {
            Assert.That(array, Is.Not.All.Zero);
            Assert.That(part[16..48], Is.Not.All.Zero);
            Assert.That(part[..16].Concat(part[48..]), Is.All.Zero);
            Assert.That(span, Is.Not.All.Zero);
            Assert.That(_fixture.Generator.Status.Nodes[0].GeneratedBytes, Is.EqualTo(96), "they come from the generator");
        });
    }

    [Test]
    public void Non_zero_bytes_are_the_other_255([Values] bool span)
    {
        using RandomNumberGenerator adapter = new LrngRandomNumberGenerator(_fixture.Generator);
        byte[] output = new byte[100_000];
        if (span)
        {
            adapter.GetNonZeroBytes(output.AsSpan());
        }
        else
        {
            adapter.GetNonZeroBytes(output);
        }

        // A value is missing with probability 255 * (254/255)^100000, about 2^-558.
        Assert.That(output.Distinct().Order(), Is.EqualTo(Enumerable.Range(1, 255)));
    }

    [Test]
    public void Nothing_is_nothing()
    {
        using RandomNumberGenerator adapter = new LrngRandomNumberGenerator(_fixture.Generator);
        Assert.That(() => adapter.GetBytes(Array.Empty<byte>()), Throws.Nothing);
        Assert.That(() => adapter.GetNonZeroBytes(Array.Empty<byte>()), Throws.Nothing);
    }

    [Test]
    public void Null_is_refused()
    {
        using RandomNumberGenerator adapter = new LrngRandomNumberGenerator(_fixture.Generator);
        Assert.Multiple(() =>
        {
            Assert.That(() => adapter.GetBytes(null!), Throws.ArgumentNullException);
            Assert.That(() => adapter.GetNonZeroBytes(null!), Throws.ArgumentNullException);
            Assert.That(() => new LrngRandomNumberGenerator(null!), Throws.ArgumentNullException);
        });
    }

    [Test]
    public async Task It_waits_until_operational()
    {
        using var unseeded = new GeneratorFixture();
        unseeded.Generator.Start();
        using RandomNumberGenerator adapter = new LrngRandomNumberGenerator(unseeded.Generator);
        unseeded.FeedUntil(SeedLevel.MinimallySeeded);
        Task done = GeneratorFixture.RunUntilItWaits(() => adapter.GetBytes(new byte[1]));
        unseeded.FeedUntil(SeedLevel.FullySeeded);
        await done;
    }

    [Test]
    public void The_generator_ends_with_the_adapter_only_if_it_owns_it([Values] bool owns)
    {
        var adapter = new LrngRandomNumberGenerator(_fixture.Generator, owns);
        adapter.Dispose();
        adapter.Dispose();
        Assert.That(() => adapter.GetBytes(new byte[1]), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => adapter.GetNonZeroBytes(new byte[1]), Throws.InstanceOf<ObjectDisposedException>());
        if (owns)
        {
            Assert.That(() => _fixture.Generator.Status, Throws.InstanceOf<ObjectDisposedException>());
        }
        else
        {
            Assert.That(_fixture.Generator.Status.Operational, Is.True);
        }
    }
}
