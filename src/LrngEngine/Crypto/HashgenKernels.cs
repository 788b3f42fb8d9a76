// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;

namespace LrngEngine.Crypto;

/// <summary>The Hashgen kernels there are. Which one runs is decided once, when the program starts.</summary>
public static class HashgenKernels
{
    // By speed, the slowest first.
    private static readonly HashgenKernel[] s_known =
    [
        new PortableHashgenKernel(),
        new VectorHashgenKernel<Vector256<ulong>, Sha512Vector256>(),
        new VectorHashgenKernel<Vector512<ulong>, Sha512Vector512>(),
    ];

    /// <summary>Every kernel of this build, whether the CPU runs it or not, the slowest first.</summary>
    public static IReadOnlyList<HashgenKernel> Known { get; } = s_known.AsReadOnly();

    /// <summary>The kernels that this CPU runs, the slowest first; never empty, as the portable one runs everywhere.</summary>
    public static IReadOnlyList<HashgenKernel> All { get; } = Array.FindAll(s_known, kernel => kernel.IsSupported).AsReadOnly();

    /// <summary>The fastest kernel that this CPU runs.</summary>
    public static HashgenKernel Best => All[^1];

    /// <summary>Finds a kernel by its name, exactly as written in <see cref="HashgenKernel.Name"/>.</summary>
    /// <returns>False if there is no such kernel or this CPU does not run it.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out HashgenKernel? kernel)
    {
        ArgumentNullException.ThrowIfNull(name);
        kernel = All.FirstOrDefault(candidate => candidate.Name == name);
        return kernel is not null;
    }
}
