// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;

namespace LrngEngine.Crypto;

/// <summary>One hash after the other.</summary>
internal sealed unsafe class PortableHashgenKernel : HashgenKernel
{
    private const int StateBytes = Sha512Compression.StateWords * sizeof(ulong);

    public PortableHashgenKernel()
        : base("portable", lanes: 1)
    {
    }

    public override bool IsSupported => true;

    private protected override void GenerateCore(byte* message, ulong* initial, byte* scratch, byte* output, int digestBytes)
    {
        ulong* state = stackalloc ulong[Sha512Compression.StateWords];
        Unsafe.CopyBlockUnaligned(state, initial, StateBytes);
        Sha512Compression.Compress(state, (ulong*)scratch, message, blocks: 1);
        Sha512Compression.WriteDigest(state, output, digestBytes);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(new Span<byte>(state, StateBytes));
    }
}
