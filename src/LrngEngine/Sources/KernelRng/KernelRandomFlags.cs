// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources.KernelRng;

/// <summary>Flags of getrandom(2) (linux/random.h).</summary>
[Flags]
public enum KernelRandomFlags
{
    /// <summary>Blocks until the kernel's generator is initialised.</summary>
    None = 0,

    /// <summary>EAGAIN instead of blocking.</summary>
    NonBlocking = 0x1,

    /// <summary>Data even before initialisation (since Linux 5.6).</summary>
    Insecure = 0x4,
}
