// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>A field of a tracepoint's record.</summary>
/// <param name="Offset">From the start of the record, in bytes.</param>
/// <param name="Bytes">Its size.</param>
internal readonly record struct TracepointField(int Offset, int Bytes);
