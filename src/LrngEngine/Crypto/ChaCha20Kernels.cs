// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;

namespace LrngEngine.Crypto;

/// <summary>The ChaCha20 kernels there are. Which one runs is decided once, when the program starts.</summary>
public static class ChaCha20Kernels
{
    /// <summary>By speed, the slowest first.</summary>
    internal static KernelList<ChaCha20Kernel> List { get; } = new(
        new PortableChaCha20Kernel(),
        new VectorChaCha20Kernel<Vector128<uint>, ChaCha20Vector128>(),
        new VectorChaCha20Kernel<Vector256<uint>, ChaCha20Vector256>(),
        new VectorChaCha20Kernel<Vector512<uint>, ChaCha20Vector512>());

    /// <summary>Every kernel of this build, whether the CPU runs it or not, the slowest first.</summary>
    public static IReadOnlyList<ChaCha20Kernel> Known => List.Known;

    /// <summary>The kernels that this CPU runs, the slowest first; never empty, as the portable one runs everywhere.</summary>
    public static IReadOnlyList<ChaCha20Kernel> All => List.All;

    /// <summary>The fastest kernel that this CPU runs and <see cref="KernelLimit"/> allows.</summary>
    public static ChaCha20Kernel Best => List.Best;

    /// <summary>Finds a kernel by its name, exactly as written in <see cref="ChaCha20Kernel.Name"/>.</summary>
    /// <returns>False if there is no such kernel or this CPU does not run it.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out ChaCha20Kernel? kernel) => List.TryFind(name, out kernel);
}
