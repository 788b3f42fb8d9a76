// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>
/// LRNG's ChaCha20 DRNG, bit for bit: the key stream of a ChaCha20 matrix (RFC 8439, 2.3) whose key is changed by further key
/// stream after every request, with the nonce counting the changes of key.
/// </summary>
/// <remarks>
/// A new instance stands at the reference's zero state: key, counter and nonce are zero, and its output is the same on every
/// machine. The owner seeds it before the first use. Counter and nonce are never reset.
/// </remarks>
public sealed unsafe class ChaCha20Drng : Drng
{
    internal const string MechanismName = "ChaCha20 DRNG";

    private const int BlockBytes = ChaCha20Kernel.BlockBytes;
    private const int StateBytes = ChaCha20Kernel.StateWords * sizeof(uint);
    private const int CounterWord = ChaCha20Kernel.CounterWord;
    private const int KeyWord = 4;
    private const int KeyWords = 8;
    private const int KeyBytes = KeyWords * sizeof(uint);
    private const int NonceWord = 13;

    private readonly ChaCha20Kernel _kernel;

    // A power of two.
    private readonly int _groupBytes;

    // The matrix of sixteen words in the byte order of the machine.
    private readonly SecretBuffer _state;

    // Blocks that are not wholly output: the last of a request and the one that changes the key. Wiped after each use.
    // One group of the kernel, and one block more when the block that changes the key falls behind a full group.
    private readonly SecretBuffer _tail;

    /// <summary>Allocates an instance in the zero state.</summary>
    /// <param name="arena">Holds the state and all temporary blocks: 128 bytes and one group of the kernel.</param>
    /// <param name="kernel">Computes the blocks; one of <see cref="ChaCha20Kernels.All"/>.</param>
    /// <exception cref="PlatformNotSupportedException">This CPU does not run the kernel.</exception>
    /// <exception cref="InvalidOperationException">The arena is full.</exception>
    public ChaCha20Drng(SecretArena arena, ChaCha20Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(arena);
        ArgumentNullException.ThrowIfNull(kernel);
        if (!kernel.IsSupported)
        {
            throw new PlatformNotSupportedException($"ChaCha20 kernel {kernel.Name} does not run on this CPU");
        }

        _kernel = kernel;
        _groupBytes = kernel.BlocksAtOnce * BlockBytes;
        _state = arena.Allocate(StateBytes);
        try
        {
            _tail = arena.Allocate(_groupBytes + BlockBytes);
        }
        catch
        {
            _state.Dispose();
            throw;
        }

        // "expand 32-byte k" (RFC 8439, 2.3)
        ReadOnlySpan<uint> constants = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];
        constants.CopyTo(State);
    }

    /// <inheritdoc/>
    public override string Name => MechanismName;

    /// <inheritdoc/>
    public override int SecurityStrengthBits => 256;

    /// <summary>The matrix, for known-answer tests that start from or look at a given state.</summary>
    internal Span<uint> State => MemoryMarshal.Cast<byte, uint>(_state.Span);

    /// <inheritdoc/>
    /// <remarks>Each piece of 32 bytes costs one block and one step of the nonce. Additional input is mixed in as a second seed.</remarks>
    /// <exception cref="ObjectDisposedException">The instance is disposed.</exception>
    public override void Seed(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> additionalInput = default)
    {
        MixIn(seed);
        MixIn(additionalInput);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The instance is disposed.</exception>
    public override void Generate(Span<byte> output, ReadOnlySpan<byte> additionalInput = default)
    {
        MixIn(additionalInput);
        fixed (uint* state = State)
        fixed (byte* bytes = output)
        {
            if (output.IsEmpty)
            {
                return;
            }

            // Whole groups go straight to the caller.
            int direct = output.Length & ~(_groupBytes - 1);
            _kernel.Generate(state, bytes, direct / BlockBytes);
            state[CounterWord] += (uint)(direct / BlockBytes);
            FinishRequest(state, output[direct..]);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _state.Dispose();
        _tail.Dispose();
    }

    private void MixIn(ReadOnlySpan<byte> seed)
    {
        fixed (uint* state = State)
        {
            while (!seed.IsEmpty)
            {
                ReadOnlySpan<byte> piece = seed[..Math.Min(KeyBytes, seed.Length)];
                for (int index = 0; index < piece.Length; index++)
                {
                    // The key is a row of little-endian words; a short piece counts as if zeros followed.
                    state[KeyWord + (index / sizeof(uint))] ^= (uint)piece[index] << (8 * (index % sizeof(uint)));
                }

                FinishRequest(state, []);
                seed = seed[piece.Length..];
            }
        }
    }

    // Outputs what is left of a request, less than one group, and changes the key. The reference does it in steps (a partial
    // block, then key material out of that block's unused words if at least 32 bytes are left, else out of a block of its own).
    // Here all blocks that the steps would use come out of one call, because a group costs no more than two single blocks.
    private void FinishRequest(uint* state, Span<byte> output)
    {
        // Key material: the first eight unused words of the last block, or of the next one where fewer are left.
        int keyAt = (output.Length + sizeof(uint) - 1) & -sizeof(uint);
        if (keyAt % BlockBytes > BlockBytes - KeyBytes)
        {
            keyAt = (keyAt + BlockBytes - 1) & -BlockBytes;
        }

        int used = (keyAt / BlockBytes) + 1;
        int computed = used == 1 ? 1 : Math.Max(used, _kernel.BlocksAtOnce);
        Span<byte> tail = _tail.Span[..(computed * BlockBytes)];
        try
        {
            fixed (byte* blocks = tail)
            {
                _kernel.Generate(state, blocks, computed);
                state[CounterWord] += (uint)used;
                tail[..output.Length].CopyTo(output);
                ChangeKey(state, (uint*)(blocks + keyAt));
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(tail);
        }
    }

    // k[i] ^= material[i] for i = 0..7; then the nonce, a 96-bit little-endian integer of words, goes up by one.
    private static void ChangeKey(uint* state, uint* material)
    {
        for (int word = 0; word < KeyWords; word++)
        {
            state[KeyWord + word] ^= BitConverter.IsLittleEndian ? material[word] : BinaryPrimitives.ReverseEndianness(material[word]);
        }

        ulong carry = 1;
        for (int word = NonceWord; word < ChaCha20Kernel.StateWords; word++)
        {
            carry += state[word];
            state[word] = (uint)carry;
            carry >>= 32;
        }
    }
}
