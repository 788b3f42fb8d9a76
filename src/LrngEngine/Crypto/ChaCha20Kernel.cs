// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngEngine.Crypto;

/// <summary>
/// One implementation of the ChaCha20 block function (RFC 8439, 2.3) over consecutive counters. A closed family: see
/// <see cref="ChaCha20Kernels"/>. Stateless, so one instance serves every DRNG and every thread.
/// </summary>
/// <remarks>
/// Constant time: additions, exclusive-ors, rotations and moves by fixed distances only; what is done depends on the number of
/// blocks and on nothing else. Vector registers that the compiler saves on the stack are not wiped: nothing in managed code
/// can reach them.
/// </remarks>
public abstract unsafe class ChaCha20Kernel : IKernel
{
    /// <summary>Bytes of one block.</summary>
    public const int BlockBytes = 64;

    /// <summary>32-bit words of the matrix that the block function takes: constants 4, key 8, counter 1, nonce 3.</summary>
    public const int StateWords = 16;

    /// <summary>Index of the block counter in the matrix.</summary>
    internal const int CounterWord = 12;

    private protected ChaCha20Kernel(string name, int blocksAtOnce)
    {
        Name = name;
        BlocksAtOnce = blocksAtOnce;
    }

    /// <summary>The name under which <see cref="ChaCha20Kernels.TryFind"/> finds it: portable, v128, v256 or v512.</summary>
    public string Name { get; }

    /// <summary>Blocks that are computed side by side, a power of two. A whole group costs about two single blocks.</summary>
    public int BlocksAtOnce { get; }

    /// <inheritdoc/>
    public int VectorBits => BlocksAtOnce > 1 ? BlocksAtOnce * 8 * sizeof(uint) : 0;

    /// <summary>Whether this CPU and this build of the program run it.</summary>
    public abstract bool IsSupported { get; }

    /// <summary>Writes consecutive blocks, the first with the counter of <paramref name="state"/>, which stays as it is. The
    /// counter wraps modulo 2^32 without a carry into the nonce.</summary>
    /// <param name="state">The matrix of <see cref="StateWords"/> words in the byte order of the machine.</param>
    /// <param name="output">Whole blocks of <see cref="BlockBytes"/> bytes, at any address, not overlapping the state.</param>
    /// <exception cref="ArgumentException">The state or the output has another length.</exception>
    /// <exception cref="PlatformNotSupportedException">Not <see cref="IsSupported"/>.</exception>
    public void Generate(ReadOnlySpan<uint> state, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, StateWords, nameof(state));
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length % BlockBytes, 0, nameof(output));
        if (!IsSupported)
        {
            throw new PlatformNotSupportedException($"ChaCha20 kernel {Name}: this CPU or build lacks the vector instructions");
        }

        fixed (uint* words = state)
        fixed (byte* bytes = output)
        {
            Generate(words, bytes, output.Length / BlockBytes);
        }
    }

    /// <summary>The same without checks, for the DRNG: its state and length are right by construction.</summary>
    internal void Generate(uint* state, byte* output, int blocks)
    {
        Debug.Assert(IsSupported, "the registry hands out supported kernels only");
        Debug.Assert(blocks >= 0, "a number of blocks");

        int groups = 0;
        if (blocks >= BlocksAtOnce)
        {
            groups = blocks / BlocksAtOnce;
            GenerateGroupsCore(state, output, groups);
        }

        for (int block = groups * BlocksAtOnce; block < blocks; block++)
        {
            // Measured faster than one block with a row of the matrix in each vector, whose operations all wait for each other.
            ScalarChaCha20Block.Write(state, state[CounterWord] + (uint)block, output + ((nint)block * BlockBytes));
        }
    }

    /// <summary>Writes <paramref name="groups"/> times <see cref="BlocksAtOnce"/> blocks.</summary>
    private protected abstract void GenerateGroupsCore(uint* state, byte* output, int groups);
}
