// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>
/// A DRBG of SP 800-90A Rev. 1 without prediction resistance: the functions of clause 9, with their checks, around the algorithms
/// of clause 10. A closed family: <see cref="CtrDrbg"/>, Hash_DRBG, HMAC_DRBG. Not synchronised; the owner's lock guards it.
/// </summary>
/// <remarks>
/// The working state and everything derived from a secret stands in one buffer of the arena, wiped when the DRBG is
/// uninstantiated, fails or is disposed. Prediction resistance is a reseed before the request (9.3.1), which is the caller's to do.
/// </remarks>
public abstract unsafe class Drbg : IDisposable
{
    /// <summary>Most bytes of one request: 2^19 bits (tables 2 and 3).</summary>
    public const int MaxRequestBytes = 1 << 16;

    /// <summary>Most bytes of each input: 2^32 bits. The tables allow up to 2^35; with this the lengths of an entropy input, a
    /// nonce and a personalization string together fit the 32 bits that Block_Cipher_df has for them.</summary>
    public const int MaxInputBytes = 1 << 29;

    /// <summary>Most requests between two reseeds: 2^48 (tables 2 and 3).</summary>
    public const ulong MaxReseedInterval = 1UL << 48;

    private readonly ulong _reseedInterval;
    private readonly SecretBuffer _memory;

    private protected Drbg(string name, SecretArena arena, int memoryBytes, ulong reseedInterval)
    {
        ArgumentNullException.ThrowIfNull(arena);
        ArgumentOutOfRangeException.ThrowIfZero(reseedInterval);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reseedInterval, MaxReseedInterval);
        Name = name;
        _reseedInterval = reseedInterval;
        _memory = arena.Allocate(memoryBytes);
    }

    /// <summary>The mechanism as LRNG and the kernel name it, for example "drbg_nopr_ctr_aes256".</summary>
    public string Name { get; }

    /// <summary>Security strength in bits, the highest that the mechanism supports (tables 2 and 3).</summary>
    public abstract int SecurityStrengthBits { get; }

    /// <summary>Least bytes of entropy input: as many bits as the security strength, or seedlen for CTR_DRBG without a derivation
    /// function (tables 2 and 3).</summary>
    public virtual int MinEntropyInputBytes => SecurityStrengthBits / 8;

    /// <summary>Most bytes of an entropy input, a personalization string or an additional input: <see cref="MaxInputBytes"/>, or
    /// seedlen for CTR_DRBG without a derivation function (table 3).</summary>
    public virtual int InputLimitBytes => MaxInputBytes;

    /// <summary>Most bytes of a nonce; CTR_DRBG without a derivation function uses none (10.2.1.3.1).</summary>
    private protected virtual int NonceLimitBytes => MaxInputBytes;

    /// <summary>Whether there is a working state.</summary>
    public DrbgState State { get; private set; }

    /// <summary>1 after an instantiation or a reseed, one more after every request.</summary>
    public ulong ReseedCounter { get; private set; }

    /// <summary>Makes the working state (9.1).</summary>
    /// <param name="entropyInput">At least <see cref="MinEntropyInputBytes"/> bytes that carry as many bits of entropy as the
    /// security strength has.</param>
    /// <param name="nonce">At least half as many bits as the security strength has. Empty where the entropy input carries one and
    /// a half times the entropy, as 8.6.7 permits.</param>
    /// <param name="personalization">Any data, or none.</param>
    /// <exception cref="ArgumentException">An input is too short or too long.</exception>
    /// <exception cref="InvalidOperationException">Instantiated already, or in the error state.</exception>
    /// <exception cref="ObjectDisposedException">The instance is disposed.</exception>
    public void Instantiate(ReadOnlySpan<byte> entropyInput, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> personalization)
    {
        Require(DrbgState.Uninstantiated);
        CheckEntropyInput(entropyInput);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nonce.Length, NonceLimitBytes, nameof(nonce));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(personalization.Length, InputLimitBytes, nameof(personalization));

        // What fails from here on ends in the error state.
        State = DrbgState.Error;
        try
        {
            fixed (byte* memory = _memory.Span)
            {
                InstantiateCore(memory, entropyInput, nonce, personalization);
            }

            ReseedCounter = 1;
            State = DrbgState.Ready;
        }
        finally
        {
            WipeAfterFailure();
        }
    }

    /// <summary>Mixes new entropy into the working state (9.2).</summary>
    /// <param name="entropyInput">As for <see cref="Instantiate"/>.</param>
    /// <param name="additionalInput">Any data, or none.</param>
    /// <exception cref="ArgumentException">An input is too short or too long.</exception>
    /// <exception cref="InvalidOperationException">Not instantiated, or in the error state.</exception>
    /// <exception cref="ObjectDisposedException">The instance is disposed.</exception>
    public void Reseed(ReadOnlySpan<byte> entropyInput, ReadOnlySpan<byte> additionalInput = default)
    {
        Require(DrbgState.Ready);
        CheckEntropyInput(entropyInput);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(additionalInput.Length, InputLimitBytes, nameof(additionalInput));

        State = DrbgState.Error;
        try
        {
            fixed (byte* memory = _memory.Span)
            {
                ReseedCore(memory, entropyInput, additionalInput);
            }

            ReseedCounter = 1;
            State = DrbgState.Ready;
        }
        finally
        {
            WipeAfterFailure();
        }
    }

    /// <summary>Generates and updates the working state (9.3), also where <paramref name="output"/> is empty.</summary>
    /// <param name="output">At most <see cref="MaxRequestBytes"/> bytes, not overlapping the other.</param>
    /// <param name="additionalInput">Any data, or none.</param>
    /// <exception cref="ArgumentException">Output or input is too long.</exception>
    /// <exception cref="InvalidOperationException">Not instantiated, in the error state, or in need of a reseed.</exception>
    /// <exception cref="ObjectDisposedException">The instance is disposed.</exception>
    public void Generate(Span<byte> output, ReadOnlySpan<byte> additionalInput = default)
    {
        Require(DrbgState.Ready);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(output.Length, MaxRequestBytes, nameof(output));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(additionalInput.Length, InputLimitBytes, nameof(additionalInput));
        if (ReseedCounter > _reseedInterval)
        {
            throw new InvalidOperationException($"{Name}: {_reseedInterval} requests since the last seed, a reseed is due");
        }

        State = DrbgState.Error;
        try
        {
            fixed (byte* memory = _memory.Span)
            fixed (byte* bytes = output)
            {
                GenerateCore(memory, bytes, output.Length, additionalInput, ReseedCounter);
            }

            ReseedCounter++;
            State = DrbgState.Ready;
        }
        finally
        {
            WipeAfterFailure();
        }
    }

    /// <summary>Wipes the working state (9.4). Does nothing where there is none.</summary>
    /// <exception cref="ObjectDisposedException">The instance is disposed.</exception>
    public void Uninstantiate()
    {
        _memory.Wipe();
        ReseedCounter = 0;
        State = DrbgState.Uninstantiated;
    }

    /// <summary>Wipes everything and gives the memory back to the arena.</summary>
    public void Dispose()
    {
        ReseedCounter = 0;
        State = DrbgState.Uninstantiated;
        _memory.Dispose();
    }

    /// <summary>Wipes the working state and refuses everything but <see cref="Uninstantiate"/> from now on (11.3.6), because a
    /// self-test failed.</summary>
    /// <exception cref="ObjectDisposedException">The instance is disposed.</exception>
    public void EnterErrorState()
    {
        Uninstantiate();
        State = DrbgState.Error;
    }

    /// <param name="memory">The whole buffer, all zeros.</param>
    /// <param name="entropyInput">Checked.</param>
    /// <param name="nonce">Checked.</param>
    /// <param name="personalization">Checked.</param>
    private protected abstract void InstantiateCore(
        byte* memory, ReadOnlySpan<byte> entropyInput, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> personalization);

    private protected abstract void ReseedCore(byte* memory, ReadOnlySpan<byte> entropyInput, ReadOnlySpan<byte> additionalInput);

    private protected abstract void GenerateCore(
        byte* memory, byte* output, int bytes, ReadOnlySpan<byte> additionalInput, ulong reseedCounter);

    private void Require(DrbgState state)
    {
        // Throws when disposed.
        _ = _memory.Span;
        if (State != state)
        {
            throw new InvalidOperationException(State switch
            {
                DrbgState.Uninstantiated => $"{Name} is not instantiated",
                DrbgState.Ready => $"{Name} is instantiated already",
                _ => $"{Name} is in the error state",
            });
        }
    }

    private void WipeAfterFailure()
    {
        if (State == DrbgState.Error)
        {
            _memory.Wipe();
        }
    }

    private void CheckEntropyInput(ReadOnlySpan<byte> entropyInput)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(entropyInput.Length, MinEntropyInputBytes, nameof(entropyInput));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entropyInput.Length, InputLimitBytes, nameof(entropyInput));
    }
}
