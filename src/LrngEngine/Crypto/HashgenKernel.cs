// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngEngine.Crypto;

/// <summary>
/// One implementation of SHA-512 over consecutive integers (Hashgen; SP 800-90A, 10.1.1.4). A closed family: see
/// <see cref="HashgenKernels"/>. Stateless, so one instance serves every DRBG and every thread.
/// </summary>
/// <remarks>Constant time, as the compression function is.</remarks>
public abstract unsafe class HashgenKernel
{
    /// <summary>Bytes of the integers: seedlen of SHA-384 and SHA-512 is 888 bits (SP 800-90A, table 2).</summary>
    internal const int IntegerBytes = 888 / 8;

    /// <summary>64-bit words of an integer and the pad byte behind it.</summary>
    internal const int IntegerWords = (IntegerBytes + 1) / sizeof(ulong);

    private protected HashgenKernel(string name, int lanes)
    {
        Name = name;
        Lanes = lanes;
    }

    /// <summary>The name under which <see cref="HashgenKernels.TryFind"/> finds it: portable, v256 or v512.</summary>
    public string Name { get; }

    /// <summary>Integers hashed side by side.</summary>
    public int Lanes { get; }

    /// <summary>Whether this CPU and this build of the program run it.</summary>
    public abstract bool IsSupported { get; }

    /// <summary>Bytes of secret memory to work in: the message schedules.</summary>
    internal int ScratchBytes => Lanes * Sha512Compression.ScratchWords * sizeof(ulong);

    /// <summary>Hashes data, data + 1, ..., as many as there are lanes.</summary>
    /// <param name="message">data as a message of one block, padding included; stays as it is.</param>
    /// <param name="initial">Eight words, the initial chaining value.</param>
    /// <param name="scratch"><see cref="ScratchBytes"/> bytes, wiped by the caller. Its second half may be the output.</param>
    /// <param name="output">Where the digests go.</param>
    /// <param name="digestBytes">Bytes of each digest.</param>
    internal void Generate(byte* message, ulong* initial, byte* scratch, byte* output, int digestBytes)
    {
        Debug.Assert(IsSupported, "the registry hands out supported kernels only");
        Debug.Assert(message[IntegerBytes] == Sha512Compression.FirstPadByte, "an integer of 888 bits and its padding");
        GenerateCore(message, initial, scratch, output, digestBytes);
    }

    private protected abstract void GenerateCore(byte* message, ulong* initial, byte* scratch, byte* output, int digestBytes);
}
