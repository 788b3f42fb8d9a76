// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Drng;

/// <summary>How often output takes in fresh data of the kernel's generator, so that copies of a machine part ways.</summary>
public enum CloneGuardMode
{
    /// <summary>Never: a copied machine repeats its original until something reseeds it.</summary>
    Off,

    /// <summary>At most once in a millisecond for each DRNG.</summary>
    Millisecond,

    /// <summary>With every request.</summary>
    Request,
}
