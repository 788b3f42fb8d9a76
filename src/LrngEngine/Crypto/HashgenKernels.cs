// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.Intrinsics;

namespace LrngEngine.Crypto;

/// <summary>The Hashgen kernels there are. Which one runs is decided once, when the program starts.</summary>
public static class HashgenKernels
{
    /// <summary>Of SHA-256.</summary>
    public static KernelList<HashgenKernel> Sha256 { get; } = new(
        new PortableHashgenKernel<Sha256Function>(),
        new Sha256HashgenKernel<Vector128<uint>, HashVector128<uint>>(),
        new Sha256HashgenKernel<Vector256<uint>, HashVector256<uint>>(),
        new Sha256HashgenKernel<Vector512<uint>, HashVector512<uint>>());

    /// <summary>Of SHA-512 (two lanes of 128 bits are slower than one block after the other) and, with another initial value and a part of the digest, SHA-384.</summary>
    public static KernelList<HashgenKernel> Sha512 { get; } = new(
        new PortableHashgenKernel<Sha512Function>(),
        new Sha512HashgenKernel<Vector256<ulong>, HashVector256<ulong>>(),
        new Sha512HashgenKernel<Vector512<ulong>, HashVector512<ulong>>());

    /// <summary>Of SHA3-512.</summary>
    public static KernelList<HashgenKernel> Sha3 { get; } = new(
        new PortableHashgenKernel<Sha3_512Function>(),
        new Sha3HashgenKernel<Vector128<ulong>, HashVector128<ulong>>(),
        new Sha3HashgenKernel<Vector256<ulong>, HashVector256<ulong>>(),
        new Sha3HashgenKernel<Vector512<ulong>, HashVector512<ulong>>());
}
