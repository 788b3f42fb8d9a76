// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LrngEngine.Crypto;

/// <summary>One hash after the other.</summary>
internal sealed unsafe class PortableHashgenKernel<THash> : HashgenKernel
    where THash : struct, IHashFunction
{
    private static readonly int s_messageBytes = HashDrbg<THash>.MessageBytes;

    public PortableHashgenKernel()
        : base("portable", vectorBits: 0, lanes: 1, THash.BlockBytes, THash.StateBytes + THash.ScratchBytes + THash.DigestBytes)
    {
    }

    public override bool IsSupported => true;

    private protected override void GenerateCore(byte* message, byte* initial, byte* scratch, byte* output, int digestBytes)
    {
        Debug.Assert(digestBytes <= THash.DigestBytes, "a part of the digest at most");
        byte* digest = scratch + THash.StateBytes + THash.ScratchBytes;
        Unsafe.CopyBlockUnaligned(scratch, initial, (uint)THash.StateBytes);
        THash.Compress(scratch, scratch + THash.StateBytes, message, s_messageBytes / THash.BlockBytes);
        THash.WriteDigest(scratch, digest);
        Unsafe.CopyBlockUnaligned(output, digest, (uint)digestBytes);
    }
}
