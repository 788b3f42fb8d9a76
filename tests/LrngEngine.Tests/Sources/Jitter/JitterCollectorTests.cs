// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Security.Cryptography;
using LrngEngine.Memory;
using LrngEngine.Sources.Jitter;

namespace LrngEngine.Tests.Sources.Jitter;

[TestFixture]
internal sealed class JitterCollectorTests
{
    private const int BlockBytes = 32;
    private SecretArena _arena = null!;

    [SetUp]
    public void MapArena() => _arena = new SecretArena(8192);

    [TearDown]
    public void UnmapArena() => _arena.Dispose();

    [TestCase(256, 3, 960)]
    [TestCase(384, 3, 1344)]
    [TestCase(512, 20, 11520)]
    public void A_block_takes_64_bits_more_than_it_has(int bits, int osr, int measurements) =>
        Assert.That(JitterCollector.MeasurementsFor(bits, osr), Is.EqualTo(measurements));

    [Test]
    public void Blocks_are_the_SHA3_512_of_the_deltas_and_each_is_keyed_by_its_predecessor([Values(8, 32, 48, 64)] int blockBytes)
    {
        const int Step = 26;
        using JitterCollector collector = Start(new ScriptedCounter(read => Step * ScriptedCounter.Jitter(read)), 1);
        var model = new Model(JitterCollector.MeasurementsFor(blockBytes * 8, 1));
        var block = new byte[blockBytes];
        for (int i = 0; i < 3; i++)
        {
            Assert.That(collector.Collect(block, () => false), Is.EqualTo(JitterCollection.Complete));
            Assert.That(block, Is.EqualTo(model.NextBlock()[..blockBytes]));
        }
    }

    [Test]
    public void An_interrupted_collection_leaves_the_block_and_is_continued()
    {
        var counter = new ScriptedCounter(ScriptedCounter.Jitter);
        using JitterCollector collector = Start(counter, 3);
        var block = new byte[BlockBytes];
        int limit = ScriptedCounter.StartupReads + 600;
        Assert.That(collector.Collect(block, () => counter.Reads >= limit), Is.EqualTo(JitterCollection.Interrupted));
        Assert.That(counter.Reads, Is.EqualTo(limit), "it stops before the next measurement");
        Assert.That(block, Is.All.Zero);

        Assert.That(collector.Collect(block, () => false), Is.EqualTo(JitterCollection.Complete));
        Assert.That(block, Is.Not.All.Zero);
        Assert.That(counter.Reads, Is.LessThan(ScriptedCounter.StartupReads + 960 + 100), "what was measured was kept");
    }

    [Test]
    public void Recorded_deltas_are_raw_and_never_reach_a_block()
    {
        var counter = new ScriptedCounter(ScriptedCounter.Jitter);
        using JitterCollector collector = Start(counter, 1);
        _ = collector.Collect(new byte[BlockBytes], () => counter.Reads >= ScriptedCounter.StartupReads + 50);
        int reads = counter.Reads;
        var deltas = new ulong[300];
        collector.RecordDeltas(deltas);
        Assert.That(deltas, Is.EqualTo(Enumerable.Range(reads + 100, 300).Select(read => (ulong)ScriptedCounter.Jitter(read))));

        var block = new byte[BlockBytes];
        var model = new Model(320, counter.Reads, reads - 1);
        _ = collector.Collect(block, () => false);
        Assert.That(block, Is.EqualTo(model.NextBlock()[..BlockBytes]), "neither recorded nor earlier deltas are in it");
    }

    // osr 1: RCT 31/61. Deltas from `from` on are equal, so the first of them is not stuck and B = 1.
    [TestCase(30, JitterCollection.Complete)]
    [TestCase(31, JitterCollection.IntermittentFailure)]
    public void A_run_of_stuck_deltas_ends_the_collection(int length, JitterCollection result)
    {
        int from = ScriptedCounter.StartupReads + 100;
        using JitterCollector collector = Start(
            new ScriptedCounter(read => read >= from && read < from + length ? 5000 : ScriptedCounter.Jitter(read)), 1);
        var block = new byte[BlockBytes];
        Assert.That(collector.Collect(block, () => false), Is.EqualTo(result));
        Assert.That(block.Any(x => x != 0), Is.EqualTo(result == JitterCollection.Complete));
    }

    [Test]
    public void A_fault_that_goes_on_reaches_the_permanent_cutoff()
    {
        int from = ScriptedCounter.StartupReads + 100;
        using JitterCollector collector = Start(new ScriptedCounter(read => read >= from ? 5000 : ScriptedCounter.Jitter(read)), 1);
        var block = new byte[BlockBytes];
        var results = new List<JitterCollection>();
        do
        {
            results.Add(collector.Collect(block, () => false));
        }
        while (results.Count < 100 && results[^1] == JitterCollection.IntermittentFailure);

        Assert.That(results[^1], Is.EqualTo(JitterCollection.PermanentFailure));
        Assert.That(results, Has.Count.EqualTo(31), "B = 31..60 are intermittent, 61 is permanent");
    }

    [Test]
    public void Steps_backwards_are_not_counted()
    {
        var counter = new ScriptedCounter(read => (read % 5 == 0 && read > ScriptedCounter.StartupReads ? -1 : 1) * ScriptedCounter.Jitter(read));
        using JitterCollector collector = Start(counter, 3);
        _ = collector.Collect(new byte[BlockBytes], () => false);
        Assert.That(counter.Reads, Is.GreaterThan(ScriptedCounter.StartupReads + 1 + (960 * 5 / 4)));
    }

    [TestCase(0, 65536)]
    [TestCase(21, 65536)]
    [TestCase(3, 65535)]
    [TestCase(3, 32768)]
    [TestCase(3, 1 << 24)]
    public void Settings_out_of_range_are_refused(int oversampling, int memoryBytes) =>
        Assert.That(
            () => new JitterCollector(new ScriptedCounter(ScriptedCounter.Jitter), _arena, oversampling, memoryBytes),
            Throws.InstanceOf<ArgumentException>());

    private JitterCollector Start(ScriptedCounter counter, int oversampling)
    {
        var collector = new JitterCollector(counter, _arena, oversampling, 64 * 1024);
        Assert.That(collector.RunStartup().Passed, Is.True);
        return collector;
    }

    /// <summary>The collector by its definition: output = SHA3-512(key || deltas || 1), key = SHA3-512(key || deltas || 2), over the
    /// deltas that are not stuck, the first of each block being left out.</summary>
    /// <param name="measurements">Deltas that a block takes.</param>
    /// <param name="firstRead">The reading that primes the first block.</param>
    /// <param name="lastJudged">The last reading before it whose delta the health tests saw, as that of the one before.</param>
    private sealed class Model(
        int measurements, int firstRead = ScriptedCounter.StartupReads, int lastJudged = ScriptedCounter.StartupReads - 1)
    {
        private readonly List<byte> _absorbed = [];
        private int _read = firstRead;
        private long _last = ScriptedCounter.Jitter(lastJudged);
        private long _beforeLast = ScriptedCounter.Jitter(lastJudged - 1);

        public byte[] NextBlock()
        {
            int collected = 0;
            _read++;
            while (collected < measurements)
            {
                long delta = ScriptedCounter.Jitter(_read++);
                long second = delta - _last;
                bool stuck = second == 0 || second == _last - _beforeLast;
                (_last, _beforeLast) = (delta, _last);
                if (!stuck)
                {
                    Append((ulong)delta);
                    collected++;
                }
            }

            byte[] output = Digest(1);
            byte[] key = Digest(2);
            _absorbed.Clear();
            _absorbed.AddRange(key);
            return output;
        }

        private void Append(ulong word)
        {
            var bytes = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, word);
            _absorbed.AddRange(bytes);
        }

        private byte[] Digest(byte lastWord) => SHA3_512.HashData([.. _absorbed, lastWord, 0, 0, 0, 0, 0, 0, 0]);
    }
}
