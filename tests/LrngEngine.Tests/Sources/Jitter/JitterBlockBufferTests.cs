// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;
using LrngEngine.Sources.Jitter;

namespace LrngEngine.Tests.Sources.Jitter;

[TestFixture]
internal sealed unsafe class JitterBlockBufferTests
{
    private const int BlockBytes = 32;
    private const int Capacity = 32;

    [Test]
    public void First_in_first_out_each_with_its_own_credit()
    {
        using var arena = new SecretArena(4096);
        using var buffer = new JitterBlockBuffer(arena, Capacity, BlockBytes);
        var block = new byte[BlockBytes];
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < Capacity; i++)
            {
                Assert.That(buffer.TryAdd(Filled(i + round), 10 * i), Is.True);
            }

            Assert.That(buffer.TryAdd(Filled(99), 1), Is.False, "full");
            for (int i = 0; i < Capacity; i++)
            {
                Assert.That(buffer.TryTake(block, out int credit), Is.True);
                Assert.That((credit, block[0], block[^1]), Is.EqualTo((10 * i, (byte)(i + round), (byte)(i + round))));
            }

            Assert.That(buffer.TryTake(block, out int none), Is.False, "empty");
            Assert.That(none, Is.Zero);
        }
    }

    [Test]
    public void A_taken_slot_is_wiped()
    {
        using var arena = new SecretArena(4096);

        // The arena hands the same place out again for the same size: so the buffer's memory can be watched.
        byte* memory;
        using (SecretBuffer before = arena.Allocate(Capacity * BlockBytes))
        {
            fixed (byte* address = before.Span)
            {
                memory = address;
            }
        }

        using var buffer = new JitterBlockBuffer(arena, Capacity, BlockBytes);
        _ = buffer.TryAdd(Filled(0xaa), 1);
        _ = buffer.TryAdd(Filled(0xbb), 1);
        Assert.That(memory[0], Is.EqualTo(0xaa));
        _ = buffer.TryTake(new byte[BlockBytes], out _);
        Assert.That(new Span<byte>(memory, BlockBytes).ToArray(), Is.All.Zero);
        Assert.That(memory[BlockBytes], Is.EqualTo(0xbb));
        buffer.Clear();
        Assert.That(new Span<byte>(memory, Capacity * BlockBytes).ToArray(), Is.All.Zero);
        Assert.That(buffer.TryTake(new byte[BlockBytes], out _), Is.False);
    }

    [Test]
    public void A_disposed_buffer_neither_takes_nor_gives()
    {
        using var arena = new SecretArena(4096);
        var buffer = new JitterBlockBuffer(arena, Capacity, BlockBytes);
        _ = buffer.TryAdd(Filled(1), 1);
        buffer.Dispose();
        Assert.That(buffer.TryTake(new byte[BlockBytes], out _), Is.False);
        Assert.That(buffer.TryAdd(Filled(1), 1), Is.False);
    }

    private static byte[] Filled(int value) => [.. Enumerable.Repeat((byte)value, BlockBytes)];
}
