// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>CTR_DRBG with AES-256, with or without the derivation function (SP 800-90A, 10.2.1).</summary>
/// <remarks>Key is kept in the expanded form only. ctr_len is the whole block.</remarks>
public sealed unsafe class CtrDrbg : Drbg
{
    private const int BlockBytes = AesKernel.BlockBytes;
    private const int SeedBytes = BlockCipherDerivation.OutputBytes;

    // Blocks that are not wholly output: less than a group of them and those of the update.
    private const int TailBytes = 2 * AesKernel.GroupBytes;

    private readonly AesKernel _kernel;
    private readonly bool _derives;

    // Layout of the memory: V as two words, provided data, tail, workspace of the derivation function, expanded key.
    private const int ProvidedAt = 2 * sizeof(ulong);
    private const int TailAt = ProvidedAt + SeedBytes;
    private const int WorkAt = TailAt + TailBytes;
    private readonly int _keyAt;

    /// <summary>Allocates an instance that is not instantiated.</summary>
    /// <param name="arena">Holds everything: 1 KiB with <paramref name="kernel"/> in hardware, 2.5 KiB with the portable one.</param>
    /// <param name="kernel">Encrypts; one of <see cref="AesKernels.All"/>.</param>
    /// <param name="reseedInterval">Requests between two reseeds.</param>
    /// <param name="derivationFunction">Whether inputs of any length pass through Block_Cipher_df. Without it an entropy input is
    /// seedlen bits of full entropy, other inputs are at most as long, and there is no nonce.</param>
    /// <exception cref="PlatformNotSupportedException">This CPU does not run the kernel.</exception>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public CtrDrbg(
        SecretArena arena, AesKernel kernel, ulong reseedInterval = MaxReseedInterval, bool derivationFunction = true)
        : base("drbg_nopr_ctr_aes256", arena, MemoryBytes(kernel), reseedInterval)
    {
        _kernel = kernel;
        _derives = derivationFunction;
        _keyAt = WorkAt + BlockCipherDerivation.WorkBytes(kernel);
    }

    /// <inheritdoc/>
    public override int SecurityStrengthBits => 256;

    /// <inheritdoc/>
    public override int MinEntropyInputBytes => _derives ? base.MinEntropyInputBytes : SeedBytes;

    /// <inheritdoc/>
    public override int InputLimitBytes => _derives ? base.InputLimitBytes : SeedBytes;

    private protected override int NonceLimitBytes => _derives ? base.NonceLimitBytes : 0;

    // 10.2.1.3.2: seed_material = df(entropy_input || nonce || personalization_string); Key = 0; V = 0; Update. Without the function
    // (10.2.1.3.1): entropy_input XOR personalization_string.
    private protected override void InstantiateCore(
        byte* memory, ReadOnlySpan<byte> entropyInput, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> personalization)
    {
        byte* provided = memory + ProvidedAt;
        _kernel.ExpandKey(provided, memory + _keyAt);
        Derive(memory, entropyInput, nonce, personalization);
        GenerateAndUpdate(memory, null, 0, isProvided: true);
    }

    // 10.2.1.4.2: seed_material = df(entropy_input || additional_input); Update. Without the function (10.2.1.4.1): entropy_input
    // XOR additional_input.
    private protected override void ReseedCore(byte* memory, ReadOnlySpan<byte> entropyInput, ReadOnlySpan<byte> additionalInput)
    {
        Derive(memory, entropyInput, additionalInput, []);
        GenerateAndUpdate(memory, null, 0, isProvided: true);
    }

    // 10.2.1.5.2: with additional input Update(df(additional_input)) comes first, and the last update takes it again. Without the
    // function (10.2.1.5.1) it is filled up with zeros.
    private protected override void GenerateCore(
        byte* memory, byte* output, int bytes, ReadOnlySpan<byte> additionalInput, ulong reseedCounter)
    {
        if (additionalInput.IsEmpty)
        {
            GenerateAndUpdate(memory, output, bytes, isProvided: false);
            return;
        }

        Derive(memory, additionalInput, [], []);
        Span<byte> kept = stackalloc byte[SeedBytes];
        var provided = new Span<byte>(memory + ProvidedAt, SeedBytes);
        provided.CopyTo(kept);
        GenerateAndUpdate(memory, null, 0, isProvided: true);
        kept.CopyTo(provided);
        CryptographicOperations.ZeroMemory(kept);
        GenerateAndUpdate(memory, output, bytes, isProvided: true);
    }

    private static int MemoryBytes(AesKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (!kernel.IsSupported)
        {
            throw new PlatformNotSupportedException($"AES kernel {kernel.Name} does not run on this CPU");
        }

        return WorkAt + BlockCipherDerivation.WorkBytes(kernel) + kernel.ExpandedKeyBytes;
    }

    // Puts seed material where GenerateAndUpdate finds it.
    private void Derive(byte* memory, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        if (!_derives)
        {
            var provided = new Span<byte>(memory + ProvidedAt, SeedBytes);
            provided.Clear();
            Mix(provided, first);
            Mix(provided, second);
            Mix(provided, third);
            return;
        }

        BlockCipherDerivation.Derive(_kernel, memory + WorkAt, memory + ProvidedAt, first, second, third);
        CryptographicOperations.ZeroMemory(new Span<byte>(memory + WorkAt, BlockCipherDerivation.WorkBytes(_kernel)));
    }

    private static void Mix(Span<byte> provided, ReadOnlySpan<byte> input)
    {
        for (int at = 0; at < input.Length; at++)
        {
            provided[at] ^= input[at];
        }
    }

    // Blocks of output = Block_Encrypt(Key, ++V) (10.2.1.5.2, step 4), then three more of the same whose exclusive-or with the
    // provided data, zeros if there are none, is the new Key || V (CTR_DRBG_Update, 10.2.1.2).
    private void GenerateAndUpdate(byte* memory, byte* output, int bytes, bool isProvided)
    {
        ulong* v = (ulong*)memory;
        ulong high = v[0], low = v[1];
        byte* key = memory + _keyAt;

        // Whole groups go straight to the caller.
        int groups = bytes / AesKernel.GroupBytes;
        _kernel.Count(key, high, low, output, groups);
        AesKernel.Add(ref high, ref low, (ulong)groups * AesKernel.GroupBlocks);

        // What is left of the output, and the update, out of one or two groups.
        int direct = groups * AesKernel.GroupBytes;
        int rest = bytes - direct;
        int updateAt = (rest + BlockBytes - 1) & -BlockBytes;
        int computed = (updateAt + SeedBytes + AesKernel.GroupBytes - 1) & -AesKernel.GroupBytes;
        byte* tail = memory + TailAt;
        _kernel.Count(key, high, low, tail, computed / AesKernel.GroupBytes);
        Unsafe.CopyBlockUnaligned(output + direct, tail, (uint)rest);

        // In vectors, so that what is stored is loaded in the same pieces. Whether there are provided data is no secret.
        byte* update = tail + updateAt;
        byte* provided = memory + ProvidedAt;
        for (int at = 0; isProvided && at < SeedBytes; at += BlockBytes)
        {
            (Vector128.Load(update + at) ^ Vector128.Load(provided + at)).Store(update + at);
        }

        _kernel.ExpandKey(update, key);
        v[0] = BinaryPrimitives.ReadUInt64BigEndian(new ReadOnlySpan<byte>(update + AesKernel.KeyBytes, sizeof(ulong)));
        v[1] = BinaryPrimitives.ReadUInt64BigEndian(new ReadOnlySpan<byte>(update + SeedBytes - sizeof(ulong), sizeof(ulong)));
        CryptographicOperations.ZeroMemory(new Span<byte>(provided, SeedBytes + computed));
    }
}
