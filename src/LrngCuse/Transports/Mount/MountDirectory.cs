// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;

namespace LrngCuse.Transports.Mount;

/// <summary>A directory of the mount. What is in it stays the same for the daemon's life.</summary>
internal sealed class MountDirectory(string name, params IReadOnlyList<MountNode> entries)
    : MountNode(name, Linux.S_IFDIR | 0b111_101_101)
{
    internal IReadOnlyList<MountNode> Entries { get; } = entries;
}
