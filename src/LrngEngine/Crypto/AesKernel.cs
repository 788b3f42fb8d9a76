// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LrngEngine.Crypto;

/// <summary>
/// One implementation of AES-256 (FIPS 197) as CTR_DRBG uses it: counters and single blocks, encryption only. A closed family:
/// see <see cref="AesKernels"/>. Stateless, so one instance serves every DRBG and every thread.
/// </summary>
/// <remarks>
/// Constant time: no look-up by a secret index, no branch on a secret. Vector registers that the compiler saves on the stack are
/// not wiped: nothing in managed code can reach them.
/// </remarks>
public abstract unsafe class AesKernel : IKernel
{
    /// <summary>Bytes of one block.</summary>
    internal const int BlockBytes = 16;

    /// <summary>Bytes of a key.</summary>
    internal const int KeyBytes = 32;

    /// <summary>Rounds of AES with a key of this length (FIPS 197, table 3).</summary>
    internal const int Rounds = 14;

    /// <summary>Blocks that are computed side by side.</summary>
    internal const int GroupBlocks = 8;

    /// <summary>Bytes of <see cref="GroupBlocks"/> blocks.</summary>
    internal const int GroupBytes = GroupBlocks * BlockBytes;

    private protected AesKernel(string name, int vectorBits)
    {
        Name = name;
        VectorBits = vectorBits;
    }

    /// <summary>The name under which <see cref="AesKernels.TryFind"/> finds it: portable, aesni or armv8.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public int VectorBits { get; }

    /// <summary>Whether this CPU and this build of the program run it.</summary>
    public abstract bool IsSupported { get; }

    /// <summary>Bytes of an expanded key, a multiple of eight.</summary>
    internal abstract int ExpandedKeyBytes { get; }

    /// <summary>Expands a key (FIPS 197, 5.2) into the form that this kernel works with.</summary>
    internal void ExpandKey(byte* key, byte* expanded)
    {
        Debug.Assert(IsSupported, "the registry hands out supported kernels only");
        ExpandKeyCore(key, expanded);
    }

    /// <summary>Encrypts <paramref name="blocks"/> blocks in place, each by itself.</summary>
    internal void Encrypt(byte* expanded, byte* data, int blocks)
    {
        Debug.Assert(blocks >= 0, "a number of blocks");
        EncryptCore(expanded, data, blocks);
    }

    /// <summary>Writes the encryptions of counter + 1, counter + 2, ... modulo 2^128, whole groups of them.</summary>
    /// <param name="expanded">The expanded key.</param>
    /// <param name="counterHigh">Upper half of the counter.</param>
    /// <param name="counterLow">Lower half of the counter.</param>
    /// <param name="output">Where <paramref name="groups"/> times <see cref="GroupBytes"/> bytes go.</param>
    /// <param name="groups">Number of groups, may be 0.</param>
    internal void Count(byte* expanded, ulong counterHigh, ulong counterLow, byte* output, int groups)
    {
        Debug.Assert(groups >= 0, "a number of groups");
        CountCore(expanded, counterHigh, counterLow, output, groups);
    }

    /// <summary>Adds to a 128-bit counter without a branch.</summary>
    /// <param name="high">Upper half.</param>
    /// <param name="low">Lower half.</param>
    /// <param name="addend">Less than 2^63.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(ref ulong high, ref ulong low, ulong addend)
    {
        // The sum carries if the top bit of the lower half goes from one to zero.
        ulong sum = low + addend;
        high += (low & ~sum) >> 63;
        low = sum;
    }

    private protected abstract void ExpandKeyCore(byte* key, byte* expanded);

    private protected abstract void EncryptCore(byte* expanded, byte* data, int blocks);

    private protected abstract void CountCore(byte* expanded, ulong counterHigh, ulong counterLow, byte* output, int groups);
}
