// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Device;

/// <summary>A piece of the caller's memory.</summary>
internal readonly record struct IoctlRange(ulong Address, int Bytes);
