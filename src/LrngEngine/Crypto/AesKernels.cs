// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;

namespace LrngEngine.Crypto;

/// <summary>The AES kernels there are. Which one runs is decided once, when the program starts.</summary>
public static class AesKernels
{
    // By speed, the slowest first.
    private static readonly AesKernel[] s_known =
    [
        new PortableAesKernel(),
        new VectorAesKernel<ArmAesInstructions>(),
        new VectorAesKernel<AesNiInstructions>(),
    ];

    /// <summary>Every kernel of this build, whether the CPU runs it or not, the slowest first.</summary>
    public static IReadOnlyList<AesKernel> Known { get; } = s_known.AsReadOnly();

    /// <summary>The kernels that this CPU runs, the slowest first; never empty, as the portable one runs everywhere.</summary>
    public static IReadOnlyList<AesKernel> All { get; } = Array.FindAll(s_known, kernel => kernel.IsSupported).AsReadOnly();

    /// <summary>The fastest kernel that this CPU runs.</summary>
    public static AesKernel Best => All[^1];

    /// <summary>Finds a kernel by its name, exactly as written in <see cref="AesKernel.Name"/>.</summary>
    /// <returns>False if there is no such kernel or this CPU does not run it.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out AesKernel? kernel)
    {
        ArgumentNullException.ThrowIfNull(name);
        kernel = All.FirstOrDefault(candidate => candidate.Name == name);
        return kernel is not null;
    }
}
