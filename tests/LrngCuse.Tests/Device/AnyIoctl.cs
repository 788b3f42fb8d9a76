// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Tests.Device;

/// <summary>An ioctl that FsCheck made up.</summary>
/// <param name="Command">Its number.</param>
/// <param name="Argument">Its argument.</param>
/// <param name="Words">The caller's memory.</param>
/// <param name="Changes">What the caller puts over the beginning of it between the rounds.</param>
/// <param name="Choices">Bits: compat, restricted, nonblocking, changes are made.</param>
internal sealed record AnyIoctl(uint Command, ulong Argument, int[] Words, int[] Changes, int Choices);
