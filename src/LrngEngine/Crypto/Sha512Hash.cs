// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>SHA-512 (FIPS 180-4, 6.4) that leaves no trace of its input outside the arena.</summary>
public sealed unsafe class Sha512Hash : ConditioningHash
{
    private const int BlockBytes = Sha512Compression.BlockBytes;

    // Where the 128-bit length of the input stands in the last block (FIPS 180-4, 5.1.2).
    private const int LengthAt = BlockBytes - 16;

    // Layout of the memory, in bytes: chaining value, message schedule (scratch), block being filled, number of input bytes.
    private const int ScratchAt = Sha512Compression.StateWords * sizeof(ulong);
    private const int BlockAt = ScratchAt + (Sha512Compression.ScratchWords * sizeof(ulong));
    private const int CountAt = BlockAt + BlockBytes;
    private const int MemoryBytes = CountAt + sizeof(ulong);

    // The fractional parts of the square roots of the first eight primes (FIPS 180-4, 5.3.5).
    private static ReadOnlySpan<ulong> InitialState =>
    [
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    ];

    /// <summary>Allocates an initialised instance: 384 bytes of the arena.</summary>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public Sha512Hash(SecretArena arena)
        : base(arena, MemoryBytes) => InitializeCore();

    /// <inheritdoc/>
    public override string Name => "SHA-512";

    /// <inheritdoc/>
    public override int DigestBytes => Sha512Compression.StateWords * sizeof(ulong);

    private protected override void InitializeCore() => InitialState.CopyTo(MemoryMarshal.Cast<byte, ulong>(Memory));

    private protected override void UpdateCore(ReadOnlySpan<byte> input)
    {
        Span<byte> memory = Memory;
        ref ulong count = ref MemoryMarshal.AsRef<ulong>(memory[CountAt..]);
        int filled = (int)(count % BlockBytes);
        count += (ulong)input.Length;

        if (filled > 0)
        {
            Span<byte> room = memory[(BlockAt + filled)..CountAt];
            if (input.Length < room.Length)
            {
                input.CopyTo(room);
                return;
            }

            input[..room.Length].CopyTo(room);
            input = input[room.Length..];
            Compress(memory, memory[BlockAt..CountAt]);
        }

        int whole = input.Length & -BlockBytes;
        Compress(memory, input[..whole]);
        input[whole..].CopyTo(memory[BlockAt..]);
    }

    private protected override void FinishCore(Span<byte> digest)
    {
        Span<byte> memory = Memory;
        Span<byte> block = memory[BlockAt..CountAt];
        ulong count = MemoryMarshal.Read<ulong>(memory[CountAt..]);

        // A one bit, zeros up to 128 bits before the end of a block, the length in bits (FIPS 180-4, 5.1.2).
        int filled = (int)(count % BlockBytes);
        block[filled++] = 0x80;
        if (filled > LengthAt)
        {
            block[filled..].Clear();
            Compress(memory, block);
            filled = 0;
        }

        block[filled..LengthAt].Clear();
        BinaryPrimitives.WriteUInt128BigEndian(block[LengthAt..], (UInt128)count << 3);
        Compress(memory, block);

        ReadOnlySpan<ulong> state = MemoryMarshal.Cast<byte, ulong>(memory[..ScratchAt]);
        for (int word = 0; word < state.Length; word++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(digest[(word * sizeof(ulong))..], state[word]);
        }
    }

    private static void Compress(Span<byte> memory, ReadOnlySpan<byte> blocks)
    {
        fixed (byte* start = memory)
        fixed (byte* bytes = blocks)
        {
            Sha512Compression.Compress((ulong*)start, (ulong*)(start + ScratchAt), bytes, blocks.Length / BlockBytes);
        }
    }
}
