// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;
using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>HMAC_DRBG (SP 800-90A, 10.1.2). Key is kept as what it makes of the paddings of HMAC only.</summary>
internal sealed unsafe class HmacDrbg<THash> : Drbg
    where THash : struct, IHashFunction
{
    // Tags of the two rounds of an update (10.1.2.2).
    private const byte FirstRound = 0x00;
    private const byte SecondRound = 0x01;

    /// <summary>Allocates an instance that is not instantiated.</summary>
    /// <param name="arena">Holds everything: about 1 KiB.</param>
    /// <param name="hashName">The hash in the name of the mechanism, for example "sha512".</param>
    /// <param name="reseedInterval">Requests between two reseeds.</param>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public HmacDrbg(SecretArena arena, string hashName, ulong reseedInterval = MaxReseedInterval)
        : base($"drbg_nopr_hmac_{hashName}", arena, KeyAt + THash.DigestBytes, reseedInterval)
    {
    }

    /// <inheritdoc/>
    public override int SecurityStrengthBits => 256;

    // Layout of the memory: V and the tag behind it, HMAC, a key on its way into HMAC.
    private static int TagAt => THash.DigestBytes;

    private static int HmacAt => THash.DigestBytes + sizeof(ulong);

    private static int KeyAt => HmacAt + HmacMemory<THash>.Bytes;

    // 10.1.2.3: Key = 00 00 ... 00; V = 01 01 ... 01; Update(entropy_input || nonce || personalization_string).
    private protected override void InstantiateCore(
        byte* memory, ReadOnlySpan<byte> entropyInput, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> personalization)
    {
        HmacMemory<THash>.SetKey(memory + HmacAt, memory + KeyAt);
        Unsafe.InitBlockUnaligned(memory, 0x01, (uint)THash.DigestBytes);
        Update(memory, entropyInput, nonce, personalization);
    }

    // 10.1.2.4: Update(entropy_input || additional_input).
    private protected override void ReseedCore(byte* memory, ReadOnlySpan<byte> entropyInput, ReadOnlySpan<byte> additionalInput) =>
        Update(memory, entropyInput, additionalInput, []);

    // 10.1.2.5: with additional input Update(additional_input); V = HMAC(Key, V) until there is enough output;
    // Update(additional_input).
    private protected override void GenerateCore(
        byte* memory, byte* output, int bytes, ReadOnlySpan<byte> additionalInput, ulong reseedCounter)
    {
        if (!additionalInput.IsEmpty)
        {
            Update(memory, additionalInput, [], []);
        }

        while (bytes > 0)
        {
            NextValue(memory);
            int written = Math.Min(bytes, THash.DigestBytes);
            Unsafe.CopyBlockUnaligned(output, memory, (uint)written);
            output += written;
            bytes -= written;
        }

        Update(memory, additionalInput, [], []);
    }

    // HMAC_DRBG_Update (10.1.2.2): Key = HMAC(Key, V || 0x00 || provided_data); V = HMAC(Key, V); and if there are provided data
    // the same again with 0x01.
    private static void Update(byte* memory, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        UpdateRound(memory, FirstRound, first, second, third);
        if (!(first.IsEmpty && second.IsEmpty && third.IsEmpty))
        {
            UpdateRound(memory, SecondRound, first, second, third);
        }

        HmacMemory<THash>.Clear(memory + HmacAt);
    }

    private static void UpdateRound(
        byte* memory, byte tag, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        byte* hmac = memory + HmacAt;
        byte* key = memory + KeyAt;
        memory[TagAt] = tag;
        HmacMemory<THash>.Start(hmac);
        HmacMemory<THash>.Update(hmac, memory, THash.DigestBytes + 1);
        HmacMemory<THash>.Update(hmac, first);
        HmacMemory<THash>.Update(hmac, second);
        HmacMemory<THash>.Update(hmac, third);
        HmacMemory<THash>.Finish(hmac, key);
        HmacMemory<THash>.SetKey(hmac, key);
        Unsafe.InitBlockUnaligned(key, 0, (uint)THash.DigestBytes);
        NextValue(memory);
        memory[TagAt] = 0;
    }

    // V = HMAC(Key, V).
    private static void NextValue(byte* memory)
    {
        byte* hmac = memory + HmacAt;
        HmacMemory<THash>.Start(hmac);
        HmacMemory<THash>.Update(hmac, memory, THash.DigestBytes);
        HmacMemory<THash>.Finish(hmac, memory);
    }
}
