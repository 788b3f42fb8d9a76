// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngEngine.Crypto;

/// <summary>
/// One implementation of a hash over consecutive integers (Hashgen; SP 800-90A, 10.1.1.4). A closed family: see
/// <see cref="HashgenKernels"/>. Stateless, so one instance serves every DRBG and every thread.
/// </summary>
/// <remarks>Constant time, as the hashes are.</remarks>
public abstract unsafe class HashgenKernel : IKernel
{
    private protected HashgenKernel(string name, int vectorBits, int lanes, int blockBytes, int scratchBytes)
    {
        Name = name;
        VectorBits = vectorBits;
        Lanes = lanes;
        BlockBytes = blockBytes;
        ScratchBytes = scratchBytes;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int VectorBits { get; }

    /// <summary>Integers hashed side by side.</summary>
    public int Lanes { get; }

    /// <inheritdoc/>
    public abstract bool IsSupported { get; }

    /// <summary>Bytes of a block of the hash.</summary>
    internal int BlockBytes { get; }

    /// <summary>Bytes of secret memory to work in.</summary>
    internal int ScratchBytes { get; }

    /// <summary>Hashes data, data + 1, ..., as many as there are lanes.</summary>
    /// <param name="message">data as a message, padding included; stays as it is.</param>
    /// <param name="initial">The initial chaining value.</param>
    /// <param name="scratch"><see cref="ScratchBytes"/> bytes, wiped by the caller. Its second half may be the output.</param>
    /// <param name="output">Where the digests go.</param>
    /// <param name="digestBytes">Bytes of each digest.</param>
    internal void Generate(byte* message, byte* initial, byte* scratch, byte* output, int digestBytes)
    {
        Debug.Assert(IsSupported, "the registry hands out supported kernels only");
        GenerateCore(message, initial, scratch, output, digestBytes);
    }

    private protected abstract void GenerateCore(byte* message, byte* initial, byte* scratch, byte* output, int digestBytes);
}
