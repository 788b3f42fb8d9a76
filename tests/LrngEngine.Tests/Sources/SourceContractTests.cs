// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;
using LrngEngine.Sources;

namespace LrngEngine.Tests.Sources;

/// <summary>What the seed buffer relies on, whatever the source.</summary>
[TestFixtureSource(typeof(SourceCase), nameof(SourceCase.All))]
internal sealed class SourceContractTests(SourceCase kind)
{
    private SecretArena _arena;
    private EntropySource _source;

    [SetUp]
    public void Create()
    {
        _arena = new SecretArena(8192);
        _source = kind.Create(_arena);
    }

    [TearDown]
    public void Dispose()
    {
        _source.Dispose();
        _arena.Dispose();
    }

    [Test]
    public void It_has_the_name_of_the_reference() => Assert.That(_source.Name, Is.EqualTo(kind.Name));

    [Test]
    public void It_fills_the_request_and_nothing_beyond([Values(64, 128, 256, 384)] int bits)
    {
        byte[] slot = new byte[64];
        Assert.That(_source.GetEntropy(slot, bits), Is.EqualTo(bits));

        // A false alarm takes 8 bytes of zeros: 2^-64 a word.
        Assert.That(slot[..(bits / 8)].Chunk(8), Has.None.All.Zero);
        Assert.That(slot[(bits / 8)..], Is.All.Zero);
    }

    [Test]
    public void What_is_available_is_what_a_pull_is_credited([Values(64, 256, 384)] int bits)
    {
        // The first pull runs the start-up test where there is one.
        _ = _source.GetEntropy(new byte[48], 64);
        int available = _source.AvailableEntropy(bits);
        Assert.That(_source.GetEntropy(new byte[48], bits), Is.EqualTo(available).And.LessThanOrEqualTo(bits));
    }

    [TestCase(255)]
    [TestCase(100)]
    public void A_broken_byte_earns_nothing(int bits)
    {
        byte[] slot = new byte[48];
        int credited;
        try
        {
            credited = _source.GetEntropy(slot, bits);
        }
        catch (ArgumentOutOfRangeException)
        {
            Assert.That(slot, Is.All.Zero, "refused, with nothing written");
            return;
        }

        Assert.That(credited, Is.EqualTo(bits / 8 * 8), "no more than the bytes that were delivered carry");
        Assert.That(slot[(bits / 8)..], Is.All.Zero);
        _ = _source.GetEntropy(slot, 256);
        Assert.That(_source.AvailableEntropy(bits), Is.LessThanOrEqualTo(bits / 8 * 8));
    }

    [TestCase(-64)]
    [TestCase(320)]
    public void A_request_that_does_not_fit_the_slot_is_refused(int bits)
    {
        byte[] slot = new byte[32];
        Assert.That(() => _source.GetEntropy(slot, bits), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(slot, Is.All.Zero);
    }

    [Test]
    public void Lrng_type_shows_it_as_the_reference_does()
    {
        _ = _source.GetEntropy(new byte[32], 256);
        Assert.That(_source.TypeLines, Is.EqualTo(kind.TypeLines));
    }

    [Test]
    public void What_was_discarded_is_not_credited_and_fresh_data_comes_after_it()
    {
        byte[] before = new byte[32];
        byte[] after = new byte[32];
        _ = _source.GetEntropy(before, 256);
        _source.Discard();
        int available = _source.AvailableEntropy(256);
        Assert.That(_source.GetEntropy(after, 256), Is.EqualTo(available));
        Assert.That(after, Is.Not.EqualTo(before).And.Not.All.Zero);
    }

    [Test]
    public void Disposing_twice_is_harmless()
    {
        _source.Dispose();
        Assert.That(_source.Dispose, Throws.Nothing);
    }
}
