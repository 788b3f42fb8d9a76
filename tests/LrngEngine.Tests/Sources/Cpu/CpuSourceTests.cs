// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LrngEngine.Memory;
using LrngEngine.Sources;
using LrngEngine.Sources.Cpu;

namespace LrngEngine.Tests.Sources.Cpu;

[TestFixture]
internal sealed class CpuSourceTests
{
    private SecretArena _arena = null!;

    [SetUp]
    public void MapArena() => _arena = new SecretArena(4096);

    [TearDown]
    public void UnmapArena() => _arena.Dispose();

    [TestCase(256, 8)]
    [TestCase(384, 12)]
    public void One_rdseed_word_for_each_word_of_the_request(int bits, int credit)
    {
        var generator = new FakeCpuGenerator(Word(FakeCpuGenerator.SeedWord), Word(FakeCpuGenerator.RandWord));
        using var source = new CpuSource(generator, _arena);
        var slot = new byte[64];
        Assert.That(source.AvailableEntropy(bits), Is.EqualTo(credit));
        Assert.That(source.GetEntropy(slot, bits), Is.EqualTo(credit));

        Assert.That(generator.RdseedCalls, Is.EqualTo(bits / 64));
        Assert.That(slot[..(bits / 8)], Is.EqualTo(Words(FakeCpuGenerator.SeedWord, bits / 64)));
        Assert.That(slot[(bits / 8)..], Is.All.Zero);
        Assert.That(source.Status, Is.EqualTo(
            new SourceStatus(SourceState.Running, 8, CpuOptions.DefaultCredit.Reason, "instruction RDSEED")));
    }

    [Test]
    public void Rdseed_is_tried_ten_times()
    {
        var generator = new FakeCpuGenerator(call => call % 10 == 9 ? FakeCpuGenerator.SeedWord(call) : null, null);
        using var source = new CpuSource(generator, _arena);
        Assert.That(source.GetEntropy(new byte[32], 256), Is.EqualTo(8));
        Assert.That(generator.RdseedCalls, Is.EqualTo(40));
    }

    [Test]
    public void A_repeated_word_is_a_failed_attempt()
    {
        var generator = new FakeCpuGenerator(call => FakeCpuGenerator.SeedWord(call / 2), null);
        using var source = new CpuSource(generator, _arena);
        var slot = new byte[32];
        Assert.That(source.GetEntropy(slot, 256), Is.EqualTo(8));
        Assert.That(slot, Is.EqualTo(Words(FakeCpuGenerator.SeedWord, 4)));
    }

    [Test]
    public void Without_rdseed_512_times_the_words_are_compressed([Values(0, 64)] int oversampling)
    {
        var generator = new FakeCpuGenerator(null, Word(FakeCpuGenerator.RandWord));
        using var source = new CpuSource(generator, _arena, new CpuOptions { OversamplingBits = oversampling });
        var slot = new byte[32];
        Assert.That(source.GetEntropy(slot, 256), Is.EqualTo(8));

        // The 4 words of the first, discarded attempt come before.
        int total = (256 + oversampling) / 64 * 512;
        Assert.That(generator.RdrandCalls, Is.EqualTo(4 + total));
        Assert.That(slot, Is.EqualTo(SHA512.HashData(Words(call => FakeCpuGenerator.RandWord(call + 4), total))[..32]));
        Assert.That(source.Status.Details, Does.Contain("compressed 512 times"));
    }

    [Test]
    public void Where_rdseed_runs_dry_the_whole_slot_is_compressed()
    {
        var generator = new FakeCpuGenerator(call => call < 2 ? FakeCpuGenerator.SeedWord(call) : null, Word(FakeCpuGenerator.RandWord));
        using var source = new CpuSource(generator, _arena);
        var slot = new byte[32];
        Assert.That(source.GetEntropy(slot, 256), Is.EqualTo(8));
        Assert.That(generator.RdseedCalls, Is.EqualTo(2 + 10), "once dry it is not asked again in this request");
        Assert.That(slot, Is.EqualTo(SHA512.HashData(Words(call => FakeCpuGenerator.RandWord(call + 2), 2048))[..32]));
    }

    [Test]
    public void Uncompressed_only_the_rdseed_words_earn()
    {
        var generator = new FakeCpuGenerator(call => call < 2 ? FakeCpuGenerator.SeedWord(call) : null, Word(FakeCpuGenerator.RandWord));
        using var source = new CpuSource(generator, _arena, new CpuOptions { CompressRdrand = false });
        var slot = new byte[32];
        Assert.That(source.GetEntropy(slot, 256), Is.EqualTo(4));
        Assert.That(slot[..16], Is.EqualTo(Words(FakeCpuGenerator.SeedWord, 2)));
        Assert.That(slot[16..], Is.EqualTo(Words(FakeCpuGenerator.RandWord, 2)));
    }

    [Test]
    public void Rdrand_alone_and_uncompressed_earns_nothing_and_fills_the_slot()
    {
        var generator = new FakeCpuGenerator(null, Word(FakeCpuGenerator.RandWord));
        using var source = new CpuSource(generator, _arena, new CpuOptions { CompressRdrand = false });
        var slot = new byte[32];
        Assert.That(source.AvailableEntropy(256), Is.Zero);
        Assert.That(source.GetEntropy(slot, 256), Is.Zero);
        Assert.That(slot, Is.EqualTo(Words(FakeCpuGenerator.RandWord, 4)));
        Assert.That((source.Status.State, source.Status.Credit), Is.EqualTo((SourceState.Running, 0)));
    }

    [TestCase(0, TestName = "Failure at the first word")]
    [TestCase(3, TestName = "Failure at a later word")]
    [TestCase(1000, TestName = "Failure while compressing")]
    public void When_both_fail_the_source_has_failed_for_good(int lastsFor)
    {
        var generator = new FakeCpuGenerator(_ => null, call => call < lastsFor ? FakeCpuGenerator.RandWord(call) : null);
        using var source = new CpuSource(generator, _arena);
        var slot = new byte[32];
        Assert.That(source.GetEntropy(slot, 256), Is.Zero);
        Assert.That(slot, Is.All.Zero);
        Assert.That((source.Status.State, source.Status.Credit), Is.EqualTo((SourceState.Failed, 0)));
        Assert.That(source.AvailableEntropy(256), Is.Zero);

        int calls = generator.RdseedCalls;
        Assert.That(source.GetEntropy(slot, 256), Is.Zero);
        Assert.That(generator.RdseedCalls, Is.EqualTo(calls));
    }

    [Test]
    public void Without_rdrand_a_dry_rdseed_is_a_failure()
    {
        using var source = new CpuSource(new FakeCpuGenerator(call => call < 2 ? FakeCpuGenerator.SeedWord(call) : null, null), _arena);
        var slot = new byte[32];
        Assert.That(source.GetEntropy(slot, 256), Is.Zero);
        Assert.That(slot, Is.All.Zero);
        Assert.That(source.Status.State, Is.EqualTo(SourceState.Failed));
    }

    [Test]
    public void A_generator_that_repeats_one_word_has_failed()
    {
        using var source = new CpuSource(new FakeCpuGenerator(_ => ulong.MaxValue, _ => ulong.MaxValue), _arena);
        Assert.That(source.GetEntropy(new byte[32], 256), Is.Zero);
        Assert.That(source.Status.State, Is.EqualTo(SourceState.Failed));
    }

    [Test]
    public void Without_instructions_it_is_unavailable()
    {
        using var source = new CpuSource(new FakeCpuGenerator(null, null), _arena);
        Assert.That((source.AvailableEntropy(256), source.GetEntropy(new byte[32], 256)), Is.EqualTo((0, 0)));
        Assert.That(source.Status.State, Is.EqualTo(SourceState.Unavailable));
    }

    [Test]
    public void A_change_of_the_credit_counts_at_once()
    {
        using var source = new CpuSource(new FakeCpuGenerator(Word(FakeCpuGenerator.SeedWord), null), _arena);
        Assert.That(source.Credit, Is.EqualTo(CpuOptions.DefaultCredit));
        source.Credit = new SourceCredit(128, "assessed");
        Assert.That((source.AvailableEntropy(256), source.GetEntropy(new byte[32], 256)), Is.EqualTo((128, 128)));
        Assert.That((source.Status.Credit, source.Status.Reason), Is.EqualTo((128, "assessed")));
        Assert.That(() => source.Credit = null!, Throws.ArgumentNullException);
    }

    [TestCase(true, true, "N/A", 8, 1)]
    [TestCase(false, true, "SHA-512", 8, 512)]
    [TestCase(false, false, "N/A", 0, 1)]
    public void Lrng_type_shows_whether_it_compresses(bool rdseed, bool compress, string hash, int available, int multiplier)
    {
        var generator = new FakeCpuGenerator(rdseed ? Word(FakeCpuGenerator.SeedWord) : null, Word(FakeCpuGenerator.RandWord));
        using var source = new CpuSource(generator, _arena, new CpuOptions { CompressRdrand = compress });
        Assert.That(source.TypeLines, Is.EqualTo(new[]
        {
            $"Hash for compressing data: {hash}", $"Available entropy: {available}", $"Data multiplier: {multiplier}",
        }));
    }

    [Test]
    public void Nothing_beyond_the_request_is_written()
    {
        using var source = new CpuSource(new FakeCpuGenerator(Word(FakeCpuGenerator.SeedWord), null), _arena);
        Assert.That(() => source.GetEntropy(new byte[31], 256), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => source.GetEntropy(new byte[32], 100), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static Func<int, ulong?> Word(Func<int, ulong> word) => call => word(call);

    private static byte[] Words(Func<int, ulong> word, int count) =>
        MemoryMarshal.AsBytes(Enumerable.Range(0, count).Select(word).ToArray().AsSpan()).ToArray();
}
