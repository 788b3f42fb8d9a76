// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Feeding;

/// <summary>The kernel's entropy pool.</summary>
internal interface IKernelPool
{
    /// <summary>Bytes in front of the data that <see cref="Add"/> fills in.</summary>
    internal const int HeaderBytes = 2 * sizeof(int);

    /// <summary>Adds entropy (RNDADDENTROPY).</summary>
    /// <param name="request">A header of <see cref="HeaderBytes"/> to be filled in, and the data.</param>
    /// <param name="bits">Credit for it.</param>
    /// <exception cref="CommandException">The kernel refused it.</exception>
    void Add(Span<byte> request, int bits);
}
