// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Recording;

/// <summary>How values are written. What is wider than the format is cut to its low bits.</summary>
internal enum RawFormat
{
    /// <summary>One byte a value.</summary>
    U8,

    /// <summary>32-bit numbers in the order of this machine, as LRNG's files give them.</summary>
    U32,

    /// <summary>64-bit numbers in the order of this machine.</summary>
    U64,

    /// <summary>Decimal numbers, one a line.</summary>
    Text,
}
