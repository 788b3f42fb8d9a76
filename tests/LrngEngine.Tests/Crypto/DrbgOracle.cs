// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Crypto;

/// <summary>Another implementation of a DRBG.</summary>
internal abstract class DrbgOracle : IDisposable
{
    /// <summary>Name of the implementation.</summary>
    public abstract string Name { get; }

    /// <summary>Most bytes of one request.</summary>
    public abstract int MaxRequestBytes { get; }

    /// <summary>Whether it has the DRBG at all.</summary>
    public abstract bool IsSupported { get; }

    /// <summary>Makes the call; an instantiation replaces what was before.</summary>
    /// <returns>What was generated.</returns>
    public abstract byte[] Apply(DrbgCall call);

    public virtual void Dispose()
    {
    }
}
