// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Crypto;

/// <summary>Where a <see cref="Drbg"/> stands in its life (SP 800-90A, 8.3 and 11.3.6).</summary>
public enum DrbgState
{
    /// <summary>There is no working state: not yet instantiated, or uninstantiated.</summary>
    Uninstantiated,

    /// <summary>Instantiated. It generates until the reseed interval is used up, then only after a reseed.</summary>
    Ready,

    /// <summary>A computation failed half-way and the working state is wiped. Only uninstantiating leads out of here.</summary>
    Error,
}
