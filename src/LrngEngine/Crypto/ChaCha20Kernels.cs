// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;

namespace LrngEngine.Crypto;

/// <summary>The ChaCha20 kernels there are. Which one runs is decided once, when the program starts.</summary>
public static class ChaCha20Kernels
{
    // By speed, the slowest first.
    private static readonly ChaCha20Kernel[] s_known =
    [
        new PortableChaCha20Kernel(),
        new VectorChaCha20Kernel<Vector128<uint>, ChaCha20Vector128>(),
        new VectorChaCha20Kernel<Vector256<uint>, ChaCha20Vector256>(),
        new VectorChaCha20Kernel<Vector512<uint>, ChaCha20Vector512>(),
    ];

    /// <summary>Every kernel of this build, whether the CPU runs it or not, the slowest first.</summary>
    public static IReadOnlyList<ChaCha20Kernel> Known { get; } = s_known.AsReadOnly();

    /// <summary>The kernels that this CPU runs, the slowest first; never empty, as the portable one runs everywhere.</summary>
    public static IReadOnlyList<ChaCha20Kernel> All { get; } = Array.FindAll(s_known, kernel => kernel.IsSupported).AsReadOnly();

    /// <summary>The fastest kernel that this CPU runs.</summary>
    public static ChaCha20Kernel Best => All[^1];

    /// <summary>Finds a kernel by its name, exactly as written in <see cref="ChaCha20Kernel.Name"/>.</summary>
    /// <returns>False if there is no such kernel or this CPU does not run it.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out ChaCha20Kernel? kernel)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (ChaCha20Kernel candidate in All)
        {
            if (candidate.Name == name)
            {
                kernel = candidate;
                return true;
            }
        }

        kernel = null;
        return false;
    }
}
