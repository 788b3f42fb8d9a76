// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.Sources;
using LrngEngine.Sources.Auxiliary;
using LrngEngine.Sources.Cpu;
using LrngEngine.Sources.Jitter;
using LrngEngine.Tests.Sources.Cpu;
using LrngEngine.Tests.Sources.Jitter;

namespace LrngEngine.Tests.Sources;

/// <summary>What a source has handed out must not be found in its memory any more (FIPS 140-3: zeroisation).</summary>
[TestFixture]
internal sealed unsafe class NoTraceTests
{
    private const int ArenaBytes = 8192;
    private SecretArena _arena = null!;
    private byte* _memory;

    [SetUp]
    public void MapArena()
    {
        _arena = new SecretArena(ArenaBytes);
        using SecretBuffer first = _arena.Allocate(64);
        fixed (byte* address = first.Span)
        {
            _memory = address;
        }
    }

    [TearDown]
    public void UnmapArena() => _arena.Dispose();

    [Test]
    public void A_jitter_block_leaves_no_copy()
    {
        using var source = new JitterSource(
            new ScriptedCounter(ScriptedCounter.Jitter), _arena, new JitterOptions { BufferBlocks = 0, MemoryBytes = 64 * 1024 });
        AssertNoTrace(source, 512);
    }

    [Test]
    public void An_auxiliary_extract_leaves_no_copy()
    {
        using var source = new AuxiliaryPool(new Sha512Hash(_arena), _arena);
        source.Insert([1, 2, 3], 24);
        AssertNoTrace(source, 512);

        // The digest that the output was derived from would give it away as well.
        byte[] digest = SHA512.HashData([1, 2, 3]);
        Assert.That(new ReadOnlySpan<byte>(_memory, ArenaBytes).IndexOf(digest.AsSpan(0, 16)), Is.EqualTo(-1));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Words_of_the_cpu_leave_no_copy(bool rdseed)
    {
        Func<int, ulong?> word = call => FakeCpuGenerator.SeedWord(call);
        using var source = new CpuSource(new FakeCpuGenerator(rdseed ? word : null, word), _arena);
        AssertNoTrace(source, 256);
    }

    private void AssertNoTrace(EntropySource source, int bits)
    {
        var slot = new byte[bits / 8];
        _ = source.GetEntropy(slot, bits);
        Assert.That(slot, Is.Not.All.Zero);

        // In halves, because a copy may lie in two places.
        var arena = new ReadOnlySpan<byte>(_memory, ArenaBytes);
        Assert.That(arena.IndexOf(slot.AsSpan(0, 16)), Is.EqualTo(-1));
        Assert.That(arena.IndexOf(slot.AsSpan(slot.Length - 16)), Is.EqualTo(-1));
    }
}
