// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Assessment;

/// <summary>How samples lie in a file.</summary>
internal enum SampleFormat
{
    /// <summary>One byte a sample, as NIST's tool reads them.</summary>
    U8,

    /// <summary>32-bit little-endian numbers.</summary>
    U32,

    /// <summary>64-bit little-endian numbers.</summary>
    U64,

    /// <summary>Decimal numbers, or hexadecimal ones after 0x, between white space.</summary>
    Text,
}
