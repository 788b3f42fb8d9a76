// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;

namespace LrngEngine.Crypto;

/// <summary>The AES kernels there are. Which one runs is decided once, when the program starts.</summary>
public static class AesKernels
{
    /// <summary>By speed, the slowest first.</summary>
    internal static KernelList<AesKernel> List { get; } = new(
        new PortableAesKernel(),
        new VectorAesKernel<ArmAesInstructions>(),
        new VectorAesKernel<AesNiInstructions>());

    /// <summary>Every kernel of this build, whether the CPU runs it or not, the slowest first.</summary>
    public static IReadOnlyList<AesKernel> Known => List.Known;

    /// <summary>The kernels that this CPU runs, the slowest first; never empty, as the portable one runs everywhere.</summary>
    public static IReadOnlyList<AesKernel> All => List.All;

    /// <summary>The fastest kernel that this CPU runs and <see cref="KernelLimit"/> allows.</summary>
    public static AesKernel Best => List.Best;

    /// <summary>Finds a kernel by its name, exactly as written in <see cref="AesKernel.Name"/>.</summary>
    /// <returns>False if there is no such kernel or this CPU does not run it.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out AesKernel? kernel) => List.TryFind(name, out kernel);
}
