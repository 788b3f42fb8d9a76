// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>Hash_DRBG (SP 800-90A, 10.1.1).</summary>
internal sealed unsafe class HashDrbg<THash> : Drbg
    where THash : struct, IHashFunction
{
    // Tags of the inputs (10.1.1.2 to 10.1.1.4).
    private const byte ConstantTag = 0x00;
    private const byte ReseedTag = 0x01;
    private const byte AdditionalTag = 0x02;
    private const byte UpdateTag = 0x03;

    // Fewer blocks than these are hashed faster one after the other.
    private const int WorthLanes = 3;

    private readonly HashgenKernel? _kernel;
    private readonly int _oneByOneBytes;

    /// <summary>Allocates an instance that is not instantiated.</summary>
    /// <param name="arena">Holds everything: 1 to 2 KiB.</param>
    /// <param name="hashName">The hash in the name of the mechanism, for example "sha512".</param>
    /// <param name="kernel">Hashes several messages of this hash at once; null or of one lane to do without.</param>
    /// <param name="reseedInterval">Requests between two reseeds.</param>
    /// <exception cref="PlatformNotSupportedException">This CPU does not run the kernel.</exception>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public HashDrbg(SecretArena arena, string hashName, HashgenKernel? kernel = null, ulong reseedInterval = MaxReseedInterval)
        : base($"drbg_nopr_{hashName}", arena, MemoryBytes(kernel), reseedInterval)
    {
        Debug.Assert(kernel is null || kernel.BlockBytes == THash.BlockBytes, "a kernel of this hash");
        _kernel = kernel is { Lanes: > 1 } ? kernel : null;
        _oneByOneBytes = _kernel is null ? int.MaxValue : (Math.Min(WorthLanes, _kernel.Lanes) - 1) * THash.DigestBytes;
    }

    /// <inheritdoc/>
    public override int SecurityStrengthBits => 256;

    /// <summary>Bytes of a value of seedlen bits as a message with its padding.</summary>
    internal static int MessageBytes =>
        (SeedBytes + 1 + THash.EndBytes + THash.BlockBytes - 1) / THash.BlockBytes * THash.BlockBytes;

    // seedlen: 440 bits up to a digest of 256 bits, 888 bits for longer ones (table 2; for SHA-3 by its digest lengths, as in FIPS
    // 140-3 IG D.R).
    private static int SeedBytes => THash.DigestBytes <= 256 / 8 ? 440 / 8 : 888 / 8;

    // A tag and a value of seedlen bits: whole words.
    private static int TaggedBytes => 1 + SeedBytes;

    // Layout of the memory: tag and V; tag and C; tag and a working copy; that copy as a message; a digest; the hash; the
    // initial chaining value and the scratch of the kernel.
    private static int ConstantAt => TaggedBytes;

    private static int WorkingAt => 2 * TaggedBytes;

    private static int MessageAt => 3 * TaggedBytes;

    private static int DigestAt => MessageAt + MessageBytes;

    private static int HashAt => DigestAt + THash.DigestBytes;

    private static int InitialAt => HashAt + HashMemory<THash>.Bytes;

    // At a cache line, as the arena is: vectors are loaded from there.
    private static int ScratchAt => (InitialAt + THash.StateBytes + 63) & -64;

    // 10.1.1.2: V = Hash_df(entropy_input || nonce || personalization_string); C = Hash_df(0x00 || V).
    private protected override void InstantiateCore(
        byte* memory, ReadOnlySpan<byte> entropyInput, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> personalization)
    {
        memory[MessageAt + SeedBytes] = THash.FirstPadByte;
        THash.WriteEnd(memory + DigestAt - THash.BlockBytes, (ulong)SeedBytes);
        THash.Initialize(memory + InitialAt);
        Derive(memory, entropyInput, nonce, personalization);
        SetValueAndConstant(memory);
    }

    // 10.1.1.3: V = Hash_df(0x01 || V || entropy_input || additional_input); C = Hash_df(0x00 || V).
    private protected override void ReseedCore(byte* memory, ReadOnlySpan<byte> entropyInput, ReadOnlySpan<byte> additionalInput)
    {
        *memory = ReseedTag;
        Derive(memory, new ReadOnlySpan<byte>(memory, TaggedBytes), entropyInput, additionalInput);
        SetValueAndConstant(memory);
    }

    // 10.1.1.4: with additional input V += Hash(0x02 || V || additional_input); output Hashgen(V);
    // V += Hash(0x03 || V) + C + reseed_counter. All modulo 2^seedlen: the carry ends in the tag.
    private protected override void GenerateCore(
        byte* memory, byte* output, int bytes, ReadOnlySpan<byte> additionalInput, ulong reseedCounter)
    {
        if (!additionalInput.IsEmpty)
        {
            HashValue(memory, AdditionalTag, additionalInput);
            BigEndianInteger.Add(memory, TaggedBytes, memory + DigestAt, THash.DigestBytes);
        }

        Hashgen(memory, output, bytes);
        HashValue(memory, UpdateTag, []);
        BigEndianInteger.Add(memory, TaggedBytes, memory + ConstantAt, memory + DigestAt, THash.DigestBytes, reseedCounter);
        Clear(memory);
    }

    private static int MemoryBytes(HashgenKernel? kernel)
    {
        if (kernel is { IsSupported: false })
        {
            throw new PlatformNotSupportedException($"Hashgen kernel {kernel.Name} does not run on this CPU");
        }

        return ScratchAt + (kernel is { Lanes: > 1 } ? kernel.ScratchBytes : 0);
    }

    // V is what Derive left.
    private static void SetValueAndConstant(byte* memory)
    {
        Unsafe.CopyBlockUnaligned(memory, memory + WorkingAt, (uint)TaggedBytes);
        *memory = ConstantTag;
        Derive(memory, new ReadOnlySpan<byte>(memory, TaggedBytes), [], []);
        Unsafe.CopyBlockUnaligned(memory + ConstantAt, memory + WorkingAt, (uint)TaggedBytes);
        Clear(memory);
    }

    // Wipes everything but V, C and what is public. The tag goes too.
    private static void Clear(byte* memory)
    {
        *memory = 0;
        CryptographicOperations.ZeroMemory(new Span<byte>(memory + WorkingAt, TaggedBytes + SeedBytes));
        CryptographicOperations.ZeroMemory(new Span<byte>(memory + DigestAt, InitialAt - DigestAt));
    }

    // Hash_df (10.3.1) into the working copy: Hash(counter || no_of_bits_to_return || input_string) for counter = 1, 2, ...
    private static void Derive(byte* memory, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        byte* hash = memory + HashAt;
        byte* derived = memory + WorkingAt + 1;
        Span<byte> head = stackalloc byte[1 + sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(head[1..], (uint)SeedBytes * 8);
        head[0] = 1;
        for (int at = 0; at < SeedBytes; at += THash.DigestBytes)
        {
            HashMemory<THash>.Initialize(hash);
            HashMemory<THash>.Update(hash, head);
            HashMemory<THash>.Update(hash, first);
            HashMemory<THash>.Update(hash, second);
            HashMemory<THash>.Update(hash, third);
            HashMemory<THash>.Finish(hash, memory + DigestAt);
            Unsafe.CopyBlockUnaligned(derived + at, memory + DigestAt, (uint)Math.Min(THash.DigestBytes, SeedBytes - at));
            head[0]++;
        }
    }

    // digest = Hash(tag || V || data).
    private static void HashValue(byte* memory, byte tag, ReadOnlySpan<byte> data)
    {
        byte* hash = memory + HashAt;
        *memory = tag;
        HashMemory<THash>.Initialize(hash);
        HashMemory<THash>.Update(hash, memory, TaggedBytes);
        HashMemory<THash>.Update(hash, data);
        HashMemory<THash>.Finish(hash, memory + DigestAt);
    }

    // Hashgen (10.1.1.4): data = V; output Hash(data), data = data + 1 modulo 2^seedlen, until there is enough.
    private void Hashgen(byte* memory, byte* output, int bytes)
    {
        byte* data = memory + WorkingAt;
        Unsafe.CopyBlockUnaligned(data, memory, (uint)TaggedBytes);
        while (bytes > 0)
        {
            Unsafe.CopyBlockUnaligned(memory + MessageAt, data + 1, (uint)SeedBytes);
            int lanes = bytes > _oneByOneBytes ? _kernel!.Lanes : 1;
            int written = Math.Min(bytes, lanes * THash.DigestBytes);
            if (lanes > 1)
            {
                HashLanes(_kernel!, memory, output, written);
            }
            else
            {
                HashMessage(memory, output, written);
            }

            output += written;
            bytes -= written;
            if (bytes > 0)
            {
                BigEndianInteger.Add(data, TaggedBytes, (ulong)lanes);
            }
        }
    }

    private static void HashMessage(byte* memory, byte* output, int bytes)
    {
        byte* state = memory + HashAt;
        Unsafe.CopyBlockUnaligned(state, memory + InitialAt, (uint)THash.StateBytes);
        THash.Compress(state, state + THash.StateBytes, memory + MessageAt, MessageBytes / THash.BlockBytes);
        THash.WriteDigest(state, memory + DigestAt);
        Unsafe.CopyBlockUnaligned(output, memory + DigestAt, (uint)bytes);
    }

    private static void HashLanes(HashgenKernel kernel, byte* memory, byte* output, int bytes)
    {
        byte* scratch = memory + ScratchAt;

        // The upper half of the scratch is free when the digests are written.
        bool whole = bytes == kernel.Lanes * THash.DigestBytes;
        byte* digests = whole ? output : scratch + (kernel.ScratchBytes / 2);
        kernel.Generate(memory + MessageAt, memory + InitialAt, scratch, digests, THash.DigestBytes);
        if (!whole)
        {
            Unsafe.CopyBlockUnaligned(output, digests, (uint)bytes);
        }

        CryptographicOperations.ZeroMemory(new Span<byte>(scratch, kernel.ScratchBytes));
    }
}
