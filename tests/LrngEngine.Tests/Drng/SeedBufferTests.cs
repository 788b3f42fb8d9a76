// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.Seeding;
using LrngEngine.Sources.Auxiliary;
using LrngEngine.Timing;

namespace LrngEngine.Tests.Drng;

/// <summary>Layout and rules of the seed buffer (reference 4.2).</summary>
[TestFixture]
internal sealed class SeedBufferTests
{
    private const uint Stamp = 0xdeadbeef;

    [Test]
    public void Slots_stamp_and_counts_lie_packed_in_order()
    {
        using var arena = new SecretArena();
        using var auxiliary = new AuxiliaryPool(new Sha512Hash(arena), arena);
        using var first = new ScriptedSource("JitterRNG", 100);
        using var second = new ScriptedSource("CPU", 9999);
        using var buffer = new SeedBuffer(arena, [first, second, auxiliary], new FixedCounter(), new RecordedLog());

        int total = buffer.Fill(256);
        ReadOnlySpan<byte> content = buffer.Content;

        Assert.That(total, Is.EqualTo(100 + 256), "no source is credited more than it was asked for");
        Assert.That(content.Length, Is.EqualTo((3 * 48) + 4 + (3 * 4)));
        Assert.That(content[..48].ContainsAnyExcept((byte)1), Is.False);
        Assert.That(content[48..96].ContainsAnyExcept((byte)1), Is.False);
        Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(content[144..]), Is.EqualTo(Stamp));
        Assert.That(BinaryPrimitives.ReadInt32LittleEndian(content[148..]), Is.EqualTo(100));
        Assert.That(BinaryPrimitives.ReadInt32LittleEndian(content[152..]), Is.EqualTo(256));
        Assert.That(BinaryPrimitives.ReadInt32LittleEndian(content[156..]), Is.Zero);
    }

    [Test]
    public void An_uncredited_pull_holds_the_stamp_and_otherwise_zeros()
    {
        using var arena = new SecretArena();
        using var auxiliary = new AuxiliaryPool(new Sha512Hash(arena), arena);
        using var source = new ScriptedSource("JitterRNG", 256);
        using var buffer = new SeedBuffer(arena, [source, auxiliary], new FixedCounter(), new RecordedLog());
        _ = buffer.Fill(256);
        buffer.FillUncredited();
        ReadOnlySpan<byte> content = buffer.Content;

        Assert.That(source.Pulls, Is.EqualTo(1));
        Assert.That(content[..96].ContainsAnyExcept((byte)0), Is.False, "no stale slot");
        Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(content[96..]), Is.EqualTo(Stamp));
        Assert.That(content[100..].ContainsAnyExcept((byte)0), Is.False, "no credit");
    }

    [Test]
    public void A_source_that_throws_leaves_an_empty_slot_and_no_credit()
    {
        using var arena = new SecretArena();
        using var auxiliary = new AuxiliaryPool(new Sha512Hash(arena), arena);
        using var source = new ScriptedSource("JitterRNG", 256) { OnPull = () => throw new InvalidOperationException("broken") };
        using var buffer = new SeedBuffer(arena, [source, auxiliary], new FixedCounter(), new RecordedLog());

        Assert.That(buffer.Fill(256), Is.Zero);
        Assert.That(buffer.Content[..48].ContainsAnyExcept((byte)0), Is.False, "half-written noise is not used");
    }

    [Test]
    public void The_auxiliary_pool_learns_the_whole_buffer()
    {
        // Two pools with the same input give different second pulls when the rest of their first seed buffers differed.
        byte[] reference = SecondPull(firstFill: 1);
        Assert.That(SecondPull(firstFill: 2), Is.Not.EqualTo(reference));
        Assert.That(SecondPull(firstFill: 1), Is.EqualTo(reference), "nothing but the buffer makes the difference");
    }

    private static byte[] SecondPull(int firstFill)
    {
        using var arena = new SecretArena();
        using var auxiliary = new AuxiliaryPool(new Sha512Hash(arena), arena);
        using var source = new ScriptedSource("JitterRNG", 0);
        using var buffer = new SeedBuffer(arena, [source, auxiliary], new FixedCounter(), new RecordedLog());
        byte[] slot = new byte[48];
        for (int i = 1; i < firstFill; i++)
        {
            _ = source.GetEntropy(slot, 256);
        }

        auxiliary.Insert([1, 2, 3], 24);
        _ = buffer.Fill(256);
        _ = buffer.Fill(256);
        return buffer.Content.Slice(48, 32).ToArray();
    }

    private sealed class FixedCounter : CycleCounter
    {
        public override ulong Read() => 0x12345678_00000000 | Stamp;
    }
}
