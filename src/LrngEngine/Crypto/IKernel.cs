// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Crypto;

/// <summary>Code that computes a primitive with what some CPUs have. All kernels of a primitive give the same bytes.</summary>
public interface IKernel
{
    /// <summary>The name that the status shows, for example "v256".</summary>
    string Name { get; }

    /// <summary>Width of its vectors; 0 if it has none.</summary>
    int VectorBits { get; }

    /// <summary>Whether this CPU and this build of the program run it.</summary>
    bool IsSupported { get; }
}
