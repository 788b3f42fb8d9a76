// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;

namespace LrngEngine.Crypto;

/// <summary>The kernels of a primitive.</summary>
public sealed class KernelList<TKernel>
    where TKernel : class, IKernel
{
    /// <param name="known">By speed, the slowest first; the first one runs everywhere.</param>
    internal KernelList(params TKernel[] known)
    {
        Known = known.AsReadOnly();
        All = Array.FindAll(known, kernel => kernel.IsSupported).AsReadOnly();
    }

    /// <summary>Every kernel of this build, whether the CPU runs it or not, the slowest first.</summary>
    public IReadOnlyList<TKernel> Known { get; }

    /// <summary>The kernels that this CPU runs, the slowest first; never empty.</summary>
    public IReadOnlyList<TKernel> All { get; }

    /// <summary>The fastest kernel that this CPU runs and <see cref="KernelLimit"/> allows.</summary>
    public TKernel Best => Widest(KernelLimit.VectorBits);

    /// <summary>Finds a kernel by its name, exactly as written in <see cref="IKernel.Name"/>.</summary>
    /// <returns>False if there is no such kernel or this CPU does not run it.</returns>
    public bool TryFind(string name, [NotNullWhen(true)] out TKernel? kernel)
    {
        ArgumentNullException.ThrowIfNull(name);
        kernel = All.FirstOrDefault(candidate => candidate.Name == name);
        return kernel is not null;
    }

    /// <summary>The fastest kernel that this CPU runs with vectors of at most <paramref name="bits"/>.</summary>
    internal TKernel Widest(int bits) => All.Last(kernel => kernel.VectorBits <= bits);
}
